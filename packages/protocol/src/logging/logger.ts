/**
 * Where log records go. `console` and pino's loggers fit as they are. Messages in and out are `debug` records
 * (`--> ` out, `<-- ` in) with secrets blotted out.
 */
export interface Logger {
  /** Messages in and out, and each change of state. */
  debug(message: string, details?: object): void;
  /** What is worth knowing and wrong with nobody. */
  info(message: string, details?: object): void;
  /** Something was dropped or lost, and the program was told or can count it. */
  warn(message: string, details?: object): void;
  /** Something failed; `details.error` is what was thrown. */
  error(message: string, details?: object): void;
  /**
   * Whether records of a level are wanted, where the logger can tell, as pino's can: others are not even put together.
   */
  isLevelEnabled?(level: string): boolean;
}
