/** The types that need no definition. */
export interface BuiltinType {
  readonly kind: 'builtin';
  readonly name: BuiltinName;
}

/** The name of a builtin type. A running QEMU calls all integers `int`. */
export type BuiltinName =
  | 'str'
  | 'number'
  | 'int'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'size'
  | 'bool'
  | 'null'
  | 'any';

/** What a builtin type is on the wire; `any` stands for all of them. */
export type BuiltinJson = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'any';

const builtins: Readonly<Record<BuiltinName, BuiltinJson>> = {
  str: 'string',
  number: 'number',
  int: 'integer',
  int8: 'integer',
  int16: 'integer',
  int32: 'integer',
  int64: 'integer',
  uint8: 'integer',
  uint16: 'integer',
  uint32: 'integer',
  uint64: 'integer',
  size: 'integer',
  bool: 'boolean',
  null: 'null',
  any: 'any',
};

/** Whether a name is that of a builtin type. */
export function isBuiltinName(name: string): name is BuiltinName {
  return Object.hasOwn(builtins, name);
}

/** What a builtin type is on the wire. */
export function builtinJson(name: BuiltinName): BuiltinJson {
  return builtins[name];
}
