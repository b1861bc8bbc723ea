import type { Scenario } from '../scenario.ts';

/** The guest runs, stops, sleeps, and ends. */
export const RUN_STATES: readonly Scenario[] = [
  {
    name: 'stops and continues, and announces it only when it is news',
    async play({ execute }) {
      for (const command of ['query-status', 'cont', 'stop', 'stop', 'query-status', 'cont', 'query-status']) {
        await execute(command);
      }
    },
  },
  {
    name: 'waits for cont when it was started with -S',
    qemu: ['-S'],
    fake: { isStopped: true },
    async play({ execute }) {
      for (const command of ['query-status', 'stop', 'query-status', 'system_reset', 'cont', 'query-status']) {
        await execute(command);
      }
    },
  },
  {
    name: 'is switched off by its guest',
    async play({ execute, guest, ended }) {
      await execute('system_powerdown');
      await guest.powersOff();
      await ended();
    },
  },
  {
    name: 'has a guest that ignores the power button',
    async play({ execute }) {
      await execute('system_powerdown');
      await execute('query-status');
      await execute('system_powerdown');
    },
  },
  {
    name: 'stays, switched off, with -no-shutdown, until it is reset',
    qemu: ['-no-shutdown'],
    fake: { actions: { shutdown: 'pause' } },
    async play({ execute, guest, event }) {
      await guest.powersOff();
      await event('STOP');
      for (const command of ['query-status', 'cont', 'stop', 'system_reset', 'query-status', 'cont', 'query-status']) {
        await execute(command);
      }
    },
  },
  {
    name: 'is reset by its guest, and from outside',
    async play({ execute, guest, event }) {
      await guest.resets();
      await event('RESET');
      await execute('system_reset');
      await execute('query-status');
    },
  },
  {
    name: 'ends with -no-reboot where it would be reset',
    qemu: ['-no-reboot'],
    fake: { actions: { reboot: 'shutdown' } },
    async play({ execute, ended }) {
      await execute('system_reset');
      await ended();
    },
  },
  {
    name: 'is told at run time what to do when its guest ends',
    async play({ execute, guest, event }) {
      await execute('set-action', { shutdown: 'pause', reboot: 'shutdown' });
      await guest.resets();
      await event('STOP');
      await execute('query-status');
      await execute('system_reset');
      await execute('query-status');
      await execute('set-action', { panic: 'what' });
    },
  },
  {
    name: 'has a guest that sleeps and wakes',
    async play({ execute, guest, event }) {
      await execute('system_wakeup');
      await guest.sleeps();
      await event('SUSPEND');
      for (const command of ['query-status', 'cont', 'stop', 'query-status', 'cont', 'query-status', 'system_wakeup']) {
        await execute(command);
      }
      await execute('query-status');
    },
  },
  {
    name: 'resets a guest that sleeps',
    async play({ execute, guest, event }) {
      await guest.sleeps();
      await event('SUSPEND');
      await execute('system_reset');
      await execute('query-status');
    },
  },
  {
    name: 'ends when its guest panics',
    qemu: ['-device', 'pvpanic'],
    async play({ guest, ended }) {
      await guest.panics();
      await ended();
    },
  },
  {
    name: 'stops when its guest panics, if it is told to',
    qemu: ['-device', 'pvpanic', '-action', 'panic=pause'],
    fake: { actions: { panic: 'pause' } },
    async play({ execute, guest, event }) {
      await guest.panics();
      await event('STOP');
      await execute('query-status');
      await execute('cont');
      await execute('query-status');
    },
  },
  {
    name: 'goes on when its guest panics, if it is told to',
    qemu: ['-device', 'pvpanic', '-action', 'panic=none'],
    fake: { actions: { panic: 'none' } },
    async play({ execute, guest, event }) {
      await guest.panics();
      await event('GUEST_PANICKED');
      await execute('query-status');
    },
  },
  ...(['reset', 'shutdown', 'pause', 'none'] as const).map((action): Scenario => ({
    name: `does this when the watchdog bites: ${action}`,
    qemu: ['-device', 'ib700', '-action', `watchdog=${action}`],
    fake: { actions: { watchdog: action } },
    async play({ execute, guest, event }) {
      await guest.starvesWatchdog();
      await event('WATCHDOG');
      const next = { reset: 'RESET', shutdown: 'POWERDOWN', pause: 'STOP', none: undefined }[action];
      if (next !== undefined) await event(next);
      await execute('query-status');
    },
  })),
];
