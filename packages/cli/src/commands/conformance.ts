import { parseAddress } from '@qmp/node';
import { stringifyJson } from '@qmp/protocol/codecs';

import { parseSeconds } from '../arguments/parse-seconds.ts';
import { parseWords } from '../arguments/parse-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { adapterCommand } from '../conformance/driver/adapter-process.ts';
import { chooseRules } from '../conformance/choose-rules.ts';
import { formatResult, formatSummary } from '../conformance/report/format-report.ts';
import { isConformant, type Report, reportAsJson, type Result } from '../conformance/report/result.ts';
import type { Rule } from '../conformance/rule.ts';
import { clientRules } from '../conformance/rules/client/client-rules.ts';
import { serverRules } from '../conformance/rules/server/server-rules.ts';
import { testClient } from '../conformance/test-client.ts';
import { testServer } from '../conformance/test-server.ts';
import type { Verdict } from '../conformance/verdict.ts';
import { paintFor } from '../terminal/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Command } from './command.ts';

const DEFAULT_TIMEOUT_SECONDS = '10';

const help = `Usage: qmp conformance [OPTION ...] --client COMMAND [ARGUMENT ...]
       qmp conformance [OPTION ...] --server ADDRESS

Tells whether a QMP client, or a QMP server, does what QMP asks for and what its
users need: one verdict for each rule.

--client COMMAND    a client in any language: COMMAND starts its adapter, a small
                    program that has the client connect, execute and disconnect.
                    It gets the address in QMP_ADDRESS, and in place of {} in its
                    arguments: a path, or HOST:PORT for a few rules. How to write
                    one stands in docs/conformance.md. Has to be the last option.
--server ADDRESS    a server that listens there. It must be free: nobody else may be
                    connected to it. A machine that runs is stopped for a moment:
                    take one that is there for tests.

--rule NAME         only this rule; may be given several times
--timeout SECONDS   how long one rule may take (default ${DEFAULT_TIMEOUT_SECONDS})
--json              one JSON object instead of a table

Examples:
  qmp conformance --client python3 adapter.py
  qmp conformance --rule late-reply --rule quit --client ./adapter {}
  qmp conformance --json --server /tmp/vm.sock | jq '.results[] | select(.verdict != "pass")'

Exit status: 0 when no rule is broken, 1 when one is, or when it could not be
tried; 2 for wrong usage.
`;

/** `qmp conformance`: does it do what it should? */
export const conformance: Command = { help, run };

/** Tries one rule; also gives the name of what it is tried on. */
type Try<R> = (rule: R) => Promise<{ readonly subject: string; readonly verdict: Verdict }>;

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const at = args.indexOf('--client');
  const command = at === -1 ? undefined : args.slice(at + 1);
  const { values, positionals } = parseWords(at === -1 ? args : args.slice(0, at), {
    server: { type: 'string' },
    rule: { type: 'string', multiple: true, default: [] },
    timeout: { type: 'string', default: DEFAULT_TIMEOUT_SECONDS },
    json: { type: 'boolean', default: false },
  });
  const [word] = positionals;
  if (word !== undefined) throw new UsageError(`${JSON.stringify(word)} is not expected`);
  const limits = { timeoutMs: parseSeconds('--timeout', values.timeout), stop: terminal.stop };
  const { server, json } = values;
  if ((command === undefined) === (server === undefined)) {
    throw new UsageError('Expected what is to be tested: either --client COMMAND or --server ADDRESS');
  }
  if (server !== undefined) {
    checkAddress(server);
    const rules = chooseRules(serverRules, values.rule);
    return await tryAll(rules, async (rule) => await testServer(rule, server, limits), terminal, json);
  }
  if (command?.[0] === undefined) throw new UsageError('--client lacks the command that starts the adapter');
  const rules = chooseRules(clientRules, values.rule);
  const start = adapterCommand(command, terminal.env);
  return await tryAll(rules, async (rule) => await testClient(rule, start, limits), terminal, json);
}

/** @throws UsageError for an address that cannot be used. */
function checkAddress(address: string): void {
  try {
    parseAddress(address);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

async function tryAll<R extends Rule<never>>(
  rules: readonly R[],
  tryOut: Try<R>,
  { stdout, stop }: Terminal,
  json: boolean,
): Promise<number> {
  const results: Result[] = [];
  const paint = paintFor(stdout);
  let name = '';
  for (const rule of rules) {
    stop.throwIfAborted();
    const { subject, verdict } = await tryOut(rule);
    name = subject;
    const result: Result = { rule: rule.name, says: rule.says, basis: rule.basis, verdict };
    results.push(result);
    if (!json) await stdout.write(formatResult(result, paint));
  }
  const report: Report = { subject: name, results };
  await stdout.write(json ? `${stringifyJson(reportAsJson(report))}\n` : formatSummary(report));
  return isConformant(report) ? 0 : 1;
}
