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

/** A terminal that nobody sits at, unless `isTty` says so. */
export class RecordingTerminal implements Terminal {
  readonly env: Environment;
  readonly stdout: RecordingOutput;
  readonly stderr: RecordingOutput;
  readonly stopping: AbortController = new AbortController();

  constructor(options: { readonly env?: Environment; readonly isTty?: boolean; readonly columns?: number } = {}) {
    this.env = options.env ?? {};
    this.stdout = new RecordingOutput(options);
    this.stderr = new RecordingOutput(options);
  }

  get stop(): AbortSignal {
    return this.stopping.signal;
  }
}
