import process from 'node:process';
import type { Reporter } from 'vitest/node';
import { findChromium } from '../../tools/chromium/find-chromium.mjs';

const WARNING = `
*** NOT TESTED IN A BROWSER ***
There is no Chromium at $CHROMIUM or /usr/bin/chromium (Debian: apt-get install chromium).
Every test that needs one is left out.

`;

/** Says so, before and after a run, when there is no browser to test in. */
export class BrowserOmissionReporter implements Reporter {
  onInit(): void {
    if (findChromium() !== undefined) return;
    const warn = (): void => void process.stderr.write(WARNING);
    warn();
    process.once('exit', warn);
  }
}
