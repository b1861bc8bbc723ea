const SHOWN_STEPS = 8;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Where a value lies in another, as a programmer writes it: `arguments.list[2]`, `arguments["node-name"]`. */
export function formatPath(steps: readonly (string | number)[]): string {
  const text = steps.slice(0, SHOWN_STEPS).map(formatStep).join('');
  return (text.startsWith('.') ? text.slice(1) : text) + (steps.length > SHOWN_STEPS ? '…' : '');
}

function formatStep(step: string | number): string {
  if (typeof step === 'number') return `[${String(step)}]`;
  return IDENTIFIER.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
