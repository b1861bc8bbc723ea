// Tests that run everywhere use these two of Node; what they test is compiled without them.

const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.addEventListener('message', () => waiting.shift()?.());
turns.port1.start();

const listeners = new Map<unknown, (event: PromiseRejectionEvent) => void>();

Object.assign(globalThis, {
  setImmediate(callback: () => void): void {
    waiting.push(callback);
    turns.port2.postMessage(undefined);
  },
  process: {
    env: {},
    on(_: 'unhandledRejection', listener: (reason: unknown) => void): void {
      const forward = ({ reason }: PromiseRejectionEvent): void => listener(reason);
      listeners.set(listener, forward);
      addEventListener('unhandledrejection', forward);
    },
    off(_: 'unhandledRejection', listener: (reason: unknown) => void): void {
      const forward = listeners.get(listener);
      if (forward !== undefined) removeEventListener('unhandledrejection', forward);
    },
  },
});
