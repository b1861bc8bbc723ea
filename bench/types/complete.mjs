#!/usr/bin/env node
// node complete.mjs FOLDER: how long an editor waits for the names of commands, in milliseconds.
import { join, resolve } from 'node:path';
import process from 'node:process';
import ts from 'typescript';
import { median } from '../measure/median.mjs';

const WARM_UP = 20;
const EDITS = 40;
const NAME = 'query-block';

const folder = resolve(process.argv[2] ?? '.');
const program = join(folder, 'program.ts');
const config = ts.readConfigFile(join(folder, 'tsconfig.json'), (path) => ts.sys.readFile(path));
const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, folder);
const original = ts.sys.readFile(program) ?? '';

let typed = '';
let version = 0;

/** @type {import('typescript').LanguageServiceHost} */
const host = {
  getScriptFileNames: () => [program],
  getScriptVersion: (path) => (path === program ? String(version) : ''),
  getScriptSnapshot(path) {
    const text = path === program ? textOf(typed) : ts.sys.readFile(path);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => folder,
  getCompilationSettings: () => options,
  getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
  fileExists: (path) => ts.sys.fileExists(path),
  readFile: (path) => ts.sys.readFile(path),
  readDirectory: (...args) => ts.sys.readDirectory(...args),
  directoryExists: (path) => ts.sys.directoryExists(path),
  getDirectories: (path) => ts.sys.getDirectories(path),
  realpath: (path) => ts.sys.realpath?.(path) ?? path,
};
const service = ts.createLanguageService(host);

const times = [];
for (let edit = 0; edit < WARM_UP + EDITS; edit += 1) {
  typed = NAME.slice(0, edit % NAME.length);
  version += 1;
  const start = performance.now();
  const found = service.getCompletionsAtPosition(program, textOf(typed).lastIndexOf("'"), {});
  if (edit >= WARM_UP) times.push(performance.now() - start);
  if (found === undefined) throw new Error(`Nothing completes ${JSON.stringify(typed)}`);
}
process.stdout.write(`${median(times)}\n`);

/**
 * @param {string} name of a command, as far as it is typed
 * @returns {string} the program, at whose end somebody types it
 */
function textOf(name) {
  return `${original}await vm.execute('${name}');\n`;
}
