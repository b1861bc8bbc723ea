import { SchemaError } from '../model/schema-error.ts';

/** A line of a schema file. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Where the parts of a schema stand; of definitions themselves nothing tells that. */
export type Places = WeakMap<object, Place>;

/** The error for what is wrong at a place. */
export function errorAt(place: Place | undefined, message: string): SchemaError {
  return new SchemaError(message, place);
}
