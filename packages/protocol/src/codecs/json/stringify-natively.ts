import { MAX_NESTING } from './max-nesting.ts';
import { isPlainObject } from './plain-object.ts';

/** How `JSON.stringify` writes half a character. */
const LONE_SURROGATE = '\\ud';

/** From here on JavaScript prints an exponent, which QEMU does not take for an integer. */
export const FIRST_WITH_EXPONENT = 1e21;

/**
 * The JSON text, where `JSON.stringify` writes what is meant; `undefined` where it may not. Its text is one flat piece:
 * with what is put together from pieces, half the time of a short command goes into collecting them again.
 */
export function stringifyNatively(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !isNative(value, MAX_NESTING)) return undefined;
  const text = JSON.stringify(value);
  return text.includes(LONE_SURROGATE) ? undefined : text;
}

/** Whether all in it means the same to `JSON.stringify` as to us, but for strings. */
function isNative(container: object, levels: number): boolean {
  if (levels === 0) return false;
  if (Array.isArray(container)) {
    // Not `every`, which passes over holes.
    for (const item of container as readonly unknown[]) {
      if (typeof item === 'object' ? item !== null && !isNative(item, levels - 1) : !isNativeScalar(item)) return false;
    }
    return true;
  }
  if (!isPlainObject(container)) return false;
  for (const name in container) {
    const member = container[name];
    if (typeof member === 'object') {
      if (member !== null && !isNative(member, levels - 1)) return false;
    } else if (member !== undefined && !isNativeScalar(member)) return false;
  }
  return true;
}

function isNativeScalar(value: unknown): boolean {
  if (typeof value === 'number') return value > -FIRST_WITH_EXPONENT && value < FIRST_WITH_EXPONENT;
  return typeof value === 'string' || typeof value === 'boolean';
}
