/** Names that mean something in TypeScript everywhere; QEMU has a type `String`. */
export const RESERVED_NAMES: readonly string[] = [
  ...['Array', 'BigInt', 'Boolean', 'Date', 'Error', 'Function', 'Iterator', 'JSON', 'Map', 'Math', 'Number', 'Object'],
  ...['Promise', 'Proxy', 'ReadonlyArray', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'WeakMap', 'WeakSet'],
  ...['Awaited', 'Capitalize', 'Exclude', 'Extract', 'Lowercase', 'NonNullable', 'Omit', 'Parameters', 'Partial', 'Pick'],
  ...['Readonly', 'Record', 'Required', 'ReturnType', 'Uncapitalize', 'Uppercase'],
];
