/**
 * Where log records go. `console` and pino's loggers fit as they are. Messages in and out are `debug` records
 * (`--> ` out, `<-- ` in) with secrets blotted out.
 */
export interface Logger {
  debug(message: string, details?: object): void;
  info(message: string, details?: object): void;
  warn(message: string, details?: object): void;
  error(message: string, details?: object): void;
}
