import type { JsonValue } from '@qmp/protocol/codecs';

import { genericError } from '../errors.ts';
import type { Device } from './device.ts';
import type { DeviceModel } from './device-models.ts';
import { propertyText } from './property-text.ts';

const SLOTS = 32;
/** Taken by the chipset. */
const FIRST_FREE_SLOT = 2;

/**
 * The slot and function that a device gets on a PCI bus, such as `2.0`: the one asked for, or the first that is free.
 *
 * @throws CommandError where there is none.
 */
export function pciAddress(model: DeviceModel, wanted: JsonValue | undefined, neighbours: readonly Device[]): string {
  const taken = new Map(neighbours.map((device) => [device.address, device]));
  if (wanted === undefined) {
    for (let slot = FIRST_FREE_SLOT; slot < SLOTS; slot += 1) if (!taken.has(`${slot}.0`)) return `${slot}.0`;
    throw genericError(`PCI: no slot/function available for ${model.name}, all in use or reserved`);
  }
  const [slot, fn] = parse(model, wanted);
  const other = taken.get(`${slot}.${fn}`);
  if (other === undefined && slot >= FIRST_FREE_SLOT) return `${slot}.${fn}`;
  const user =
    other === undefined ? CHIPSET[slot] : `${other.model.name}${other.id === undefined ? '' : `,id=${other.id}`}`;
  throw genericError(`PCI: slot ${slot} function ${fn} not available for ${model.name}, in use by ${user}`);
}

const CHIPSET = ['i440FX', 'PIIX3'];

/** A number is a slot and a function in one; a text is `slot` or `slot.function`. */
function parse(model: DeviceModel, wanted: JsonValue): [slot: number, fn: number] {
  if (typeof wanted === 'number') return [wanted >> 3, wanted & 7];
  const [, slot = '', fn = '0'] = /^(0x[\da-f]+|\d+)(?:\.(0x[\da-f]+|\d+))?$/i.exec(propertyText(wanted)) ?? [];
  const isFree = slot !== '' && Number(slot) < SLOTS && Number(fn) < 8;
  if (!isFree) throw genericError(`Property '${model.name}.addr' doesn't take value '${propertyText(wanted)}'`);
  return [Number(slot), Number(fn)];
}
