/** What a link says that a fault has ended. */
export function faultError(fault: 'cut' | 'reset'): Error {
  const [code, text] = fault === 'cut' ? ['EPIPE', 'the link was cut'] : ['ECONNRESET', 'the link was reset'];
  return Object.assign(new Error(`${text}, by a fault that a test asked for`), { code });
}
