import type { JobType } from '../../../schema/types/qemu-11.1.gen.ts';
import { CommandError } from '../../../server/command-error.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { genericError } from '../errors.ts';
import type { Emit } from '../handlers.ts';
import { isIdentifier } from '../identifier.ts';
import type { JobFailure } from './job-failure.ts';
import { Job, type JobHost, type JobOptions } from './job.ts';
import type { JobWork } from './job-work.ts';

/** Makes jobs of a fake QEMU fail. */
export interface JobFaults {
  /** Has the next job of this type fail, as QEMU's jobs do when a medium does. */
  failNext(type: JobType, failure: JobFailure): void;
  /**
   * Has a job fail now.
   *
   * @throws CommandError if there is no such job.
   */
  fail(id: string, error: string): void;
}

/** All jobs there are, by id. */
export class JobTable implements JobFaults {
  readonly #jobs = new Map<string, Job>();
  readonly #host: JobHost;
  readonly #failures = new Map<JobType, JobFailure>();

  constructor(clock: VirtualClock, emit: Emit) {
    this.#host = { clock, emit, onNull: ({ id }) => void this.#jobs.delete(id) };
  }

  /** The newest first, as QEMU lists them. */
  get all(): readonly Job[] {
    return [...this.#jobs.values()].reverse();
  }

  /** Those that copy data. */
  get blockJobs(): readonly Job[] {
    return this.all.filter(({ work }) => work.isBlockJob);
  }

  /** @throws CommandError for an id that is none, or is taken. */
  checkId(id: string): void {
    if (!isIdentifier(id)) throw genericError(`Invalid job ID '${id}'`);
    if (this.#jobs.has(id)) throw genericError(`Job ID '${id}' already in use`);
  }

  /**
   * Starts a job.
   *
   * @throws CommandError for an id that is none, or is taken.
   */
  start(work: JobWork, options: Omit<JobOptions, 'failure'>): void {
    this.checkId(options.id);
    const failure = this.#failures.get(work.type);
    this.#failures.delete(work.type);
    const job = new Job(work, { ...options, failure }, this.#host);
    this.#jobs.set(job.id, job);
    job.start();
  }

  /** @throws CommandError if there is no such job. */
  find(id: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined) throw genericError('Job not found');
    return job;
  }

  /** @throws CommandError if there is no such job, or it is of another kind. */
  findBlockJob(id: string): Job {
    const job = this.#jobs.get(id);
    if (job?.work.isBlockJob === true) return job;
    throw new CommandError('DeviceNotActive', `Block job '${id}' not found`);
  }

  failNext(type: JobType, failure: JobFailure): void {
    this.#failures.set(type, failure);
  }

  fail(id: string, error: string): void {
    this.find(id).fail(error);
  }

  /** QEMU ends, and all jobs with it. */
  end(): void {
    for (const job of this.all) job.end();
  }
}
