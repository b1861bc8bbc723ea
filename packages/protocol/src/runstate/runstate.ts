/** Where a protocol object stands in its life cycle. */
export type Runstate = 'idle' | 'connecting' | 'running' | 'disconnecting';

/** Which state may follow which: the whole life cycle, in one table. */
export const NEXT_RUNSTATES: { readonly [From in Runstate]: readonly Runstate[] } = {
  idle: ['connecting'],
  connecting: ['running', 'disconnecting'],
  running: ['disconnecting'],
  disconnecting: ['idle'],
};

/** @throws Error when the table knows no such way. */
export function checkTransition(from: Runstate, to: Runstate): void {
  if (!NEXT_RUNSTATES[from].includes(to)) throw new Error(`No way from ${from} to ${to}`);
}
