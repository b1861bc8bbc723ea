import type { CallOptions } from '@qmp/protocol';
import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

/**
 * What a server offers, as a map from names to types. A client is generic over one: `QmpClient<MySchema>`.
 *
 * ```ts
 * interface MySchema {
 *   commands: { 'query-status': { arguments: undefined; returns: { running: boolean } } };
 *   events: { STOP: undefined; SHUTDOWN: { guest: boolean; reason: string } };
 * }
 * ```
 */
export interface QapiSchema {
  /** Command name to `{ arguments, returns }`; `arguments` is `undefined` where a command takes none. */
  readonly commands: object;
  /** Event name to the type of its data, `undefined` where it has none. */
  readonly events: object;
}

/** The commands of a schema. */
export type CommandName<S extends QapiSchema> = keyof S['commands'] & string;

/** The events of a schema. */
export type EventName<S extends QapiSchema> = keyof S['events'] & string;

/** What a command takes. */
// To infer what is in the entry would compare those of all commands with each other while a name is being typed.
export type CommandArguments<
  S extends QapiSchema,
  N extends keyof S['commands'],
> = S['commands'][N] extends infer C extends { readonly arguments: unknown } ? C['arguments'] : never;

/** What a command returns. */
export type CommandReturns<
  S extends QapiSchema,
  N extends keyof S['commands'],
> = S['commands'][N] extends infer C extends { readonly returns: unknown } ? C['returns'] : never;

/** The arguments of a command as a parameter list: required, optional or absent, as the schema says. */
export type CommandParameters<A, O = CallOptions> = [A] extends [undefined]
  ? [arguments?: undefined, options?: O]
  : Record<never, never> extends A
    ? [arguments?: A, options?: O]
    : [arguments: A, options?: O];

/** One event of a schema, as QEMU sends it. */
export type QmpEvent<N = string, D = JsonObject | undefined> = {
  readonly event: N;
  readonly timestamp: Timestamp;
} & ([D] extends [undefined]
  ? { readonly data?: undefined }
  : undefined extends D
    ? { readonly data?: D }
    : { readonly data: D });

/** Any event of a schema; comparing `event` tells which. */
export type AnyEvent<S extends QapiSchema> = {
  [N in EventName<S>]: QmpEvent<N, S['events'][N]>;
}[EventName<S>];

/** When an event was made, by the server's clock; both are -1 where it has none. */
export type Timestamp = {
  readonly seconds: number;
  readonly microseconds: number;
};

/** A server's version, as in the greeting and in the reply to `query-version`. */
export type VersionInfo = {
  readonly qemu: { readonly major: number; readonly minor: number; readonly micro: number };
  readonly package: string;
};

/**
 * The schema that every server fits: any command and any event, JSON in and out. For servers whose schema is not at hand,
 * and for programs that find out at run time what they talk to.
 */
export interface AnySchema {
  readonly commands: {
    readonly [name: string]: { readonly arguments: JsonObject | undefined; readonly returns: JsonValue };
  };
  readonly events: { readonly [name: string]: JsonObject | undefined };
}
