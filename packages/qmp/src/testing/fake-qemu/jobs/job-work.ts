import type { BlockdevOnError, IoOperationType, JobType } from '../../../schema/types/qemu-11.1.gen.ts';

/** Why a job fails before it has begun. */
export interface JobFault {
  readonly error: string;
  /** It does so before the command that has started it gets its reply. */
  readonly isSudden: boolean;
}

/** What a job does, and how jobs of its kind behave. */
export interface JobWork {
  readonly type: JobType;
  /** The bytes to be copied; 1 for a job that counts itself as one step. */
  readonly totalBytes: number;
  /** At most, by the media that take part. */
  readonly bytesPerSecond: number;
  /** One of those that copy data, and tell by BLOCK_JOB events, too, how they get on. */
  readonly isBlockJob: boolean;
  /** When all is copied it keeps both sides alike, until it is told to complete. */
  readonly staysReady: boolean;
  /** To begin, it has the block layer come to rest. */
  readonly settlesAtStart: boolean;
  /** When it is cancelled, it ends before the command gets its reply. */
  readonly cancelsAtOnce: boolean;
  /** What is to be done about an error of the medium. */
  readonly onError: { readonly [O in IoOperationType]?: BlockdevOnError | undefined };
  /** Takes hold of its nodes. */
  begin(): void;
  /** Sets to work. What is wrong with it, if something is. */
  launch(): JobFault | undefined;
  /** All is copied, for good. `isCompleted` unless a job that was ready has been cancelled. */
  commit(isCompleted: boolean): void;
  /** Lets go of its nodes, whatever came of it. */
  release(): void;
}
