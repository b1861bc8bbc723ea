import { genericError } from '../errors.ts';
import type { Handlers } from '../handlers.ts';
import type { MachineOptions } from '../machine/machine-options.ts';
import type { Machine } from '../machine/machine.ts';
import { HumanMonitor } from './human-monitor.ts';

/** The way to the human monitor, whose commands are lines and whose replies are text. */
export function humanMonitorCommands(machine: Machine, options: MachineOptions): Handlers {
  const monitor = new HumanMonitor(machine, options);
  return {
    'human-monitor-command'({ 'command-line': line, 'cpu-index': cpu }) {
      if (cpu !== undefined && (cpu < 0 || cpu >= machine.cpus.count)) {
        throw genericError("Parameter 'cpu-index' expects a CPU number");
      }
      return monitor.execute(line);
    },
  };
}
