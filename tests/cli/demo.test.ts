import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { inflateSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { describeVersions } from '../qemu/describe-versions.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { outcomeOf, runQmp, startQmp, type QmpProcess } from './run-qmp.ts';
