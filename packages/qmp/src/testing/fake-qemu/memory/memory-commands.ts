import type { Handlers } from '../handlers.ts';
import type { Balloon } from './balloon.ts';
import type { MemorySlots } from './memory-slots.ts';

/** How much memory there is, and who has it. */
export function memoryCommands(memory: MemorySlots, balloon: Balloon): Handlers {
  return {
    'query-memory-size-summary': () => ({ 'base-memory': memory.baseBytes, 'plugged-memory': memory.pluggedBytes }),
    'query-memory-devices': () => memory.devices,
    balloon: ({ value }) => balloon.setTarget(Number(value)),
    'query-balloon': () => ({ actual: balloon.actualBytes }),
  };
}
