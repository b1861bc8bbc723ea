import type { Environment, Output, Terminal } from './terminal.ts';

/** An output that keeps what is written. */
export class RecordingOutput implements Output {
  readonly isTty: boolean;
  readonly hasColors: boolean;
  readonly columns: number | undefined;
  text = '';

  constructor(options: { readonly isTty?: boolean; readonly hasColors?: boolean; readonly columns?: number } = {}) {
    this.isTty = options.isTty ?? false;
    this.hasColors = options.hasColors ?? false;
    this.columns = options.columns;
  }

  write(text: string): void {
    this.text += text;
  }
}

/** A terminal that nobody sits at. */
export class RecordingTerminal implements Terminal {
  readonly env: Environment;
  readonly stdout: RecordingOutput = new RecordingOutput();
  readonly stderr: RecordingOutput = new RecordingOutput();
  readonly stopping: AbortController = new AbortController();

  constructor(env: Environment = {}) {
    this.env = env;
  }

  get stop(): AbortSignal {
    return this.stopping.signal;
  }
}
