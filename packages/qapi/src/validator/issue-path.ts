const SHOWN_STEPS = 12;

/** Where a value lies in another, as QEMU writes it: `nodes[2].node-name`. */
export function formatPath(steps: readonly (string | number)[]): string {
  const shown = steps.slice(0, SHOWN_STEPS).map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  return shown.join('').replace(/^\./, '') + (steps.length > SHOWN_STEPS ? '…' : '');
}
