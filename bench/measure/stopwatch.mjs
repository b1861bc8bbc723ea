/** What time a piece of work took: on the clock, and of the processor (user and system, all threads of this process). */
export class Stopwatch {
  #cpu = process.cpuUsage();
  #start = process.hrtime.bigint();

  /** What has passed since it was made. */
  read() {
    const wallSeconds = Number(process.hrtime.bigint() - this.#start) / 1e9;
    const { user, system } = process.cpuUsage(this.#cpu);
    return { wallSeconds, cpuSeconds: (user + system) / 1e6 };
  }
}
