import type { parseArgs, ParseArgsConfig } from 'node:util';

import { UsageError } from './usage-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** What {@link parseWords} gives for a table of options. */
type ParsedWords<O extends Options> = ReturnType<
  typeof parseArgs<{ readonly args: string[]; readonly options: O; readonly allowPositionals: true }>
>;

/**
 * Tells options from words.
 *
 * @throws UsageError for an option that is not in the table, or that lacks its value.
 */
export function parseWords<const O extends Options>(args: readonly string[], options: O): ParsedWords<O> {
  try {
    // `import` would run all that `node:util` offers, which takes longer than this program.
    return process.getBuiltinModule('node:util').parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Its first sentence says what is wrong; what follows is advice for other programs.
    const [fault = error.message] = error.message.split(/\.?\n|\. |; /);
    throw new UsageError(fault, { cause: error });
  }
}

/** Whether the words ask for help instead of the thing itself. */
export function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? args.length : end).some((word) => word === '--help' || word === '-h');
}
