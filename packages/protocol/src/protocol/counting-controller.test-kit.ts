/** A controller whose signal counts who listens to it. */
export class CountingController extends AbortController {
  readonly #listeners = new Set<unknown>();

  constructor() {
    super();
    const { signal } = this;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...[type, listener, options]: Parameters<AbortSignal['addEventListener']>): void => {
      this.#listeners.add(listener);
      add(type, listener, options);
    };
    signal.removeEventListener = (...[type, listener]: Parameters<AbortSignal['removeEventListener']>): void => {
      this.#listeners.delete(listener);
      remove(type, listener);
    };
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}
