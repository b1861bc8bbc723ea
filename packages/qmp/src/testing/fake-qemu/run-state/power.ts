import type {
  GuestPanicAction,
  GuestPanicInformation,
  SetActionArguments,
  ShutdownCause,
} from '../../../schema/types/qemu-11.1.gen.ts';
import type { Emit } from '../handlers.ts';
import type { RunState } from './run-state.ts';

/** What QEMU does when the guest powers off, resets, panics, or has its watchdog bite. */
type EndActions = { readonly [K in keyof SetActionArguments]-?: NonNullable<SetActionArguments[K]> };

const DEFAULT_ACTIONS: EndActions = { shutdown: 'poweroff', reboot: 'reset', panic: 'shutdown', watchdog: 'reset' };

/** What {@link Power} calls when it is so far. */
export interface PowerListeners {
  /** Somebody has pressed the power button. */
  onPowerdown(): void;
  /** After the guest was reset. */
  onReset(): void;
  /** The process is to end. */
  onEnd(reason: ShutdownCause): void;
}

/** How a machine is reset and switched off, by the host or by its guest. */
export class Power {
  readonly #runState: RunState;
  readonly #emit: Emit;
  readonly #listeners: PowerListeners;
  #actions = DEFAULT_ACTIONS;

  constructor(runState: RunState, emit: Emit, listeners: PowerListeners) {
    this.#runState = runState;
    this.#emit = emit;
    this.#listeners = listeners;
  }

  /** Changes what is done from now on. */
  setActions({ shutdown, reboot, panic, watchdog }: Partial<SetActionArguments>): void {
    const { shutdown: off, reboot: anew, panic: panics, watchdog: bites } = this.#actions;
    this.#actions = {
      shutdown: shutdown ?? off,
      reboot: reboot ?? anew,
      panic: panic ?? panics,
      watchdog: watchdog ?? bites,
    };
  }

  /** QEMU ends because somebody who may has told it to. */
  quit(): void {
    this.#emit('SHUTDOWN', { guest: false, reason: 'host-qmp-quit' });
    this.#listeners.onEnd('host-qmp-quit');
  }

  /** QEMU ends because its process got a signal. */
  terminate(): void {
    this.#emit('SHUTDOWN', { guest: false, reason: 'host-signal' });
    this.#listeners.onEnd('host-signal');
  }

  /** Somebody presses the power button; the rest is up to the guest. */
  pressButton(): void {
    this.#emit('POWERDOWN');
    this.#listeners.onPowerdown();
  }

  /** The guest has switched itself off, or has done what counts as much. */
  shutDown(reason: ShutdownCause, guest = true): void {
    this.#emit('SHUTDOWN', { guest, reason });
    if (this.#actions.shutdown === 'pause') this.#runState.stop('shutdown');
    else this.#listeners.onEnd(reason);
  }

  /** The machine is reset, by its guest or from outside. */
  reset(reason: ShutdownCause, guest: boolean): void {
    if (this.#actions.reboot === 'shutdown') return this.shutDown(reason, guest);
    this.#runState.reset();
    this.#emit('RESET', { guest, reason });
    this.#listeners.onReset();
  }

  /** The guest has panicked. */
  panic(info?: GuestPanicInformation): void {
    const action = PANIC_ACTIONS[this.#actions.panic];
    this.#emit('GUEST_PANICKED', { action, ...(info === undefined ? {} : { info }) });
    if (action === 'run') return;
    this.#runState.stop('guest-panicked');
    if (action !== 'poweroff') return;
    this.#emit('SHUTDOWN', { guest: true, reason: 'guest-panic' });
    this.#listeners.onEnd('guest-panic');
  }

  /** The guest's watchdog has not been fed. */
  watchdog(): void {
    const { watchdog: action } = this.#actions;
    this.#emit('WATCHDOG', { action });
    if (action === 'reset') this.reset('guest-reset', true);
    if (action === 'shutdown') this.pressButton();
    if (action === 'poweroff') this.#listeners.onEnd('guest-shutdown');
    if (action === 'pause') this.#runState.stop('watchdog');
  }
}

const PANIC_ACTIONS: { readonly [A in EndActions['panic']]: GuestPanicAction } = {
  shutdown: 'poweroff',
  'exit-failure': 'poweroff',
  pause: 'pause',
  none: 'run',
};
