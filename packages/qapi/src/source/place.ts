import { SchemaError } from '../model/schema-error.ts';

/** A line of a schema file. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** The error for what is wrong at a place. */
export function errorAt(place: Place, message: string, cause?: unknown): SchemaError {
  return new SchemaError(message, { ...place, ...(cause === undefined ? {} : { cause }) });
}
