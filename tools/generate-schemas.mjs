#!/usr/bin/env node
// @ts-check
// npm run generate: the schemas that `qmp` ships, from the source of QEMU.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { readSchema } from '@qmp/qapi/node';
import { findTrees } from './schemas/find-trees.mjs';
import { generateSchemas } from './schemas/generate-schemas.mjs';
import { newestVersion } from './schemas/programs.mjs';
import { shippedModel } from './schemas/shipped-model.mjs';

const { trees, missing } = findTrees();
const newest = trees.find(({ version }) => version === newestVersion);

/** @type {import('./schemas/generate-schemas.mjs').NewestModel} */
const newestModel = async (program) =>
  newest === undefined
    ? await shippedModel(program, newestVersion)
    : await readSchema(join(newest.folder, program.entry));

for (const tree of trees) {
  for (const [path, text] of await generateSchemas(tree, newestModel)) {
    const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    process.stdout.write(`${path}: ${text.length.toLocaleString('en')} characters\n`);
  }
}
for (const reason of missing) process.stderr.write(`Left as it is: ${reason}\n`);
process.exitCode = missing.length === 0 ? 0 : 1;
