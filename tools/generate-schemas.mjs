#!/usr/bin/env node
// @ts-check
// npm run generate: the schemas that `qmp` ships, from the source of QEMU.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findTrees } from './schemas/find-trees.mjs';
import { generateSchemas } from './schemas/generate-schemas.mjs';

const { trees, missing } = findTrees();
for (const tree of trees) {
  for (const [path, text] of await generateSchemas(tree)) {
    const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    process.stdout.write(`${path}: ${text.length.toLocaleString('en')} characters\n`);
  }
}
for (const reason of missing) process.stderr.write(`Left as it is: ${reason}\n`);
process.exitCode = missing.length === 0 ? 0 : 1;
