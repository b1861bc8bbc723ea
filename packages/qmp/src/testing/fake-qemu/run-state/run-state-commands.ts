import type { Handlers } from '../handlers.ts';
import type { Power } from './power.ts';
import type { RunState } from './run-state.ts';

/** Stopping and continuing the guest, resetting and switching off its machine. */
export function runStateCommands(runState: RunState, power: Power): Handlers {
  return {
    'query-status': () => ({ status: runState.status, running: runState.isRunning }),
    stop: () => runState.stop('paused'),
    cont: () => runState.continue(),
    system_wakeup: () => runState.wake(),
    system_powerdown: () => power.pressButton(),
    system_reset: () => power.reset('host-qmp-system-reset', false),
    quit: () => power.quit(),
    'set-action': (actions) => power.setActions(actions),
    'watchdog-set-action': ({ action }) => power.setActions({ watchdog: action }),
    'inject-nmi': () => undefined,
    'rtc-reset-reinjection': () => undefined,
  };
}
