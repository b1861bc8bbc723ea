import type { TestProjectInlineConfiguration } from 'vitest/config';
import { findChromium } from '../../tools/chromium/find-chromium.mjs';
import { isContinuousIntegration } from '../continuous-integration.ts';
import { browserProject } from './browser-project.ts';

/** The one project that needs a browser; none where there is no Chromium, which CI does not accept. */
export function browserProjects(): TestProjectInlineConfiguration[] {
  const chromium = findChromium();
  if (chromium !== undefined) return [browserProject(chromium)];
  if (isContinuousIntegration()) throw new Error('There is no Chromium to test with, which CI does not accept');
  return [];
}
