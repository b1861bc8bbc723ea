import { ProtocolError } from '@qmp/protocol';
import { fromHexadecimal, littleEndian } from './hexadecimal.ts';

/** A register of the target. */
export interface Register {
  readonly name: string;
  readonly bits: number;
}

/** The target's registers by their names (`rip`, `cs`, `rax`, …); those that it does not know are missing. */
export type Registers = ReadonlyMap<string, bigint>;

/** The registers that a target description in XML lists, in its order. */
export function registersIn(description: string): readonly Register[] {
  return elements(description, 'reg').map((attributes) => {
    const name = attributes.get('name');
    const bits = Number(attributes.get('bitsize'));
    if (name !== undefined && bits > 0 && bits % 8 === 0) return { name, bits };
    throw new ProtocolError(`A register of the target has no name, or a size that is no number of bytes`);
  });
}

/** The other documents that a target description includes, in its order. */
export function includesIn(description: string): readonly string[] {
  return elements(description, 'xi:include').flatMap((attributes) => attributes.get('href') ?? []);
}

/**
 * Reads the reply to `g`: all registers one after the other, the lowest byte first. One that is not known is all `x`.
 *
 * @throws ProtocolError when it does not fit the registers.
 */
export function readRegisters(registers: readonly Register[], digits: string): Registers {
  const values = new Map<string, bigint>();
  let offset = 0;
  for (const { name, bits } of registers) {
    const value = digits.slice(offset, offset + bits / 4);
    offset += bits / 4;
    if (!/^x+$/.test(value)) values.set(name, littleEndian(fromHexadecimal(value)));
  }
  if (offset === digits.length) return values;
  throw new ProtocolError(`Expected the registers in ${offset} digits, found ${digits.length}`);
}

/** The attributes of each element of the name. Stubs write plain XML: no entities, nothing in CDATA. */
function elements(xml: string, name: string): readonly ReadonlyMap<string, string>[] {
  const tags = xml.replaceAll(/<!--.*?-->/gs, '').matchAll(new RegExp(`<${name}\\s([^>]*)>`, 'g'));
  return Array.from(tags, ([, attributes = '']) => {
    const pairs = attributes.matchAll(/([\w:]+)\s*=\s*["']([^"']*)["']/g);
    return new Map(Array.from(pairs, ([, attribute = '', value = '']) => [attribute, value]));
  });
}
