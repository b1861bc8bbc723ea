import type { BlockDeviceIoStatus, JobStatus } from '../../../schema/types/qemu-11.1.gen.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { genericError } from '../errors.ts';
import type { Emit } from '../handlers.ts';
import { errorAction, ioStatusOf, type JobFailure } from './job-failure.ts';
import { describeProgress, isReady, type JobState } from './job-report.ts';
import { checkVerb } from './job-verb.ts';
import type { JobWork } from './job-work.ts';
import { Progress } from './progress.ts';

/** How a job is run. */
export interface JobOptions {
  readonly id: string;
  readonly autoFinalize: boolean;
  readonly autoDismiss: boolean;
  /** In bytes per second; 0 for no limit. */
  readonly speed: number;
  readonly failure: JobFailure | undefined;
}

/** What a job needs of the machine. */
export interface JobHost {
  readonly clock: VirtualClock;
  readonly emit: Emit;
  /** It is gone. */
  onNull(job: Job): void;
}

/** A job: from `created` by way of its states, which JOB_STATUS_CHANGE tells, to `null`. */
export class Job {
  readonly id: string;
  readonly work: JobWork;
  readonly #options: JobOptions;
  readonly #host: JobHost;
  readonly #progress: Progress;
  #status: JobStatus = 'undefined';
  #speed: number;
  #error: string | undefined;
  #failure: JobFailure | undefined;
  #ioStatus: BlockDeviceIoStatus = 'ok';
  #isPaused = false;
  #isToComplete = false;
  /** How it is about to end. */
  #ending: 'completed' | 'let-go' | 'cancelled' | undefined;

  constructor(work: JobWork, options: JobOptions, host: JobHost) {
    this.id = options.id;
    this.work = work;
    this.#options = options;
    this.#host = host;
    this.#speed = options.speed;
    this.#failure = options.failure;
    this.#progress = new Progress(host.clock, this.#bytesPerSecond);
  }

  /** Where it stands. */
  get state(): JobState {
    return {
      id: this.id,
      work: this.work,
      status: this.#status,
      doneBytes: this.#progress.doneBytes,
      speed: this.#speed,
      ioStatus: this.#ioStatus,
      isPaused: this.#isPaused,
      error: this.#error,
      autoFinalize: this.#options.autoFinalize,
      autoDismiss: this.#options.autoDismiss,
    };
  }

  /** Begins. What takes no time has happened when this returns. */
  start(): void {
    this.#become('created');
    this.work.begin();
    this.#become('running');
    if (this.work.settlesAtStart) this.#comeToRest();
    const fault = this.work.launch();
    if (fault === undefined) return this.#run();
    const fail = (): void => this.fail(fault.error);
    if (fault.isSudden) fail();
    else this.#host.clock.soon(fail);
  }

  /** @throws CommandError where it cannot be paused. */
  pause(): void {
    checkVerb('pause', this.id, this.#status);
    if (this.#isPaused) throw genericError('Job is already paused');
    this.#rest();
  }

  /** @throws CommandError where it is not paused. */
  resume(): void {
    if (!this.#isPaused) throw genericError("Can't resume a job that was not paused");
    checkVerb('resume', this.id, this.#status);
    const wasStuck = this.#isStuck;
    this.#ioStatus = 'ok';
    this.#wake();
    this.#progress.resume();
    if (wasStuck) this.#run();
    if (this.#isToComplete) this.#endSoon('completed');
  }

  /** @throws CommandError where its speed does not matter any more. */
  setSpeed(bytesPerSecond: number): void {
    checkVerb('set-speed', this.id, this.#status);
    if (bytesPerSecond < 0) throw genericError("Parameter 'speed' expects a non-negative value");
    this.#speed = bytesPerSecond;
    this.#progress.setSpeed(this.#bytesPerSecond);
    if (this.#isInstant && !this.#isPaused) this.#run();
  }

  /** @throws CommandError where it cannot be completed: it is not ready. */
  complete(): void {
    checkVerb('complete', this.id, this.#status);
    this.#isToComplete = true;
    if (!this.#isPaused) this.#endSoon('completed');
  }

  /**
   * Ends it early. A job that is ready has done its work: unless this is by force, it just stops keeping both sides alike.
   *
   * @throws CommandError where it has ended.
   */
  cancel(isForced: boolean): void {
    checkVerb('cancel', this.id, this.#status);
    if (this.#status === 'pending') return this.#cancelled();
    const wasStuck = this.#isStuck;
    this.#ioStatus = 'ok';
    if (this.#isPaused) this.#wake();
    if (isReady(this.#status) && !isForced) this.#endSoon('let-go');
    else if (this.work.cancelsAtOnce && !wasStuck) this.#cancelled();
    else this.#endSoon('cancelled');
  }

  /** @throws CommandError where it does not wait for that. */
  finalize(): void {
    checkVerb('finalize', this.id, this.#status);
    this.#commit();
  }

  /** @throws CommandError where it has not concluded. */
  dismiss(): void {
    checkVerb('dismiss', this.id, this.#status);
    this.#become('null');
    this.#host.onNull(this);
  }

  /** Something goes wrong; the job ends with an error. */
  fail(error: string): void {
    if (this.#status === 'concluded' || this.#status === 'null') return;
    this.#error = error;
    this.#abort('BLOCK_JOB_COMPLETED');
  }

  /** QEMU ends, and its jobs with it. */
  end(): void {
    if (this.#status === 'concluded') return this.dismiss();
    if (this.#isPaused) this.#wake();
    this.#cancelled();
  }

  /** What takes no time is over before the command that has asked for it gets its reply. */
  get #isInstant(): boolean {
    return this.#bytesPerSecond === Infinity && !this.work.staysReady;
  }

  /** An error has stopped it. */
  get #isStuck(): boolean {
    return this.#ioStatus !== 'ok';
  }

  get #bytesPerSecond(): number {
    return this.#speed === 0 ? this.work.bytesPerSecond : Math.min(this.#speed, this.work.bytesPerSecond);
  }

  #become(status: JobStatus): void {
    this.#status = status;
    this.#host.emit('JOB_STATUS_CHANGE', { id: this.id, status });
  }

  #comeToRest(): void {
    this.#become('paused');
    this.#become('running');
  }

  #rest(): void {
    this.#isPaused = true;
    this.#progress.pause();
    this.#become(isReady(this.#status) ? 'standby' : 'paused');
  }

  #wake(): void {
    this.#isPaused = false;
    this.#become(isReady(this.#status) ? 'ready' : 'running');
  }

  /** Works on until all is done, or until it is to fail. */
  #run(): void {
    const { totalBytes } = this.work;
    const failure = this.#failure;
    const goalBytes = totalBytes * (failure === undefined ? 1 : (failure.at ?? 0));
    const onArrival = failure === undefined ? () => this.#arrive() : () => this.#meet(failure);
    if (totalBytes === 0 || this.#isInstant) this.#progress.finish(goalBytes, onArrival);
    else this.#progress.runTo(goalBytes, onArrival);
  }

  #meet({ error, operation = 'write' }: JobFailure): void {
    this.#failure = undefined;
    const action = errorAction(this.work.onError[operation], error);
    if (this.work.isBlockJob) this.#host.emit('BLOCK_JOB_ERROR', { device: this.id, operation, action });
    if (action === 'report') return this.#host.clock.soon(() => this.fail(error));
    if (action === 'ignore') return this.#run();
    this.#ioStatus = ioStatusOf(error);
    this.#rest();
  }

  #arrive(): void {
    if (!this.work.staysReady) return this.#settle();
    this.#become('ready');
    this.#tell('BLOCK_JOB_READY');
  }

  #endSoon(ending: 'completed' | 'let-go' | 'cancelled'): void {
    this.#progress.stop();
    this.#ending = ending;
    this.#host.clock.soon(() => {
      if (this.#ending === undefined) return;
      if (this.#ending === 'cancelled') this.#cancelled();
      else this.#settle();
    });
  }

  #settle(): void {
    this.#become('waiting');
    this.#become('pending');
    if (this.#options.autoFinalize) this.#commit();
    else if (this.work.isBlockJob) this.#host.emit('BLOCK_JOB_PENDING', { id: this.id, type: this.work.type });
  }

  #commit(): void {
    this.work.commit(this.#ending !== 'let-go');
    this.#conclude('BLOCK_JOB_COMPLETED');
  }

  #cancelled(): void {
    this.#error = 'Operation canceled';
    this.#abort('BLOCK_JOB_CANCELLED');
  }

  #abort(event: 'BLOCK_JOB_COMPLETED' | 'BLOCK_JOB_CANCELLED'): void {
    this.#become('aborting');
    this.#conclude(event);
  }

  #conclude(event: 'BLOCK_JOB_COMPLETED' | 'BLOCK_JOB_CANCELLED'): void {
    this.#ending = undefined;
    this.#progress.stop();
    // Such a job counts itself as one step, taken however it ends.
    if (!this.work.isBlockJob) this.#progress.finish(this.work.totalBytes, () => undefined);
    this.work.release();
    this.#tell(event);
    this.#become('concluded');
    if (this.#options.autoDismiss) this.dismiss();
  }

  #tell(event: 'BLOCK_JOB_READY' | 'BLOCK_JOB_COMPLETED' | 'BLOCK_JOB_CANCELLED'): void {
    if (!this.work.isBlockJob) return;
    const data = describeProgress(this.state);
    if (event !== 'BLOCK_JOB_COMPLETED' || this.#error === undefined) this.#host.emit(event, data);
    else this.#host.emit(event, { ...data, error: this.#error });
  }
}
