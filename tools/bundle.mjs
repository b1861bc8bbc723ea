#!/usr/bin/env node
// @ts-check
// npm run build: what the compiler has checked becomes the few files that are published.
import { fileURLToPath } from 'node:url';
import { bundlePackage } from './bundle/bundle-package.mjs';

const packages = ['protocol', 'qapi', 'node', 'qmp', 'cli'];

await Promise.all(
  packages.map((name) => bundlePackage(fileURLToPath(new URL(`../packages/${name}`, import.meta.url)))),
);
