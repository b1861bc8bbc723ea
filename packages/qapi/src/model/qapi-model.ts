import type { Definition } from './definition.ts';
import { isBuiltinName } from './builtin-type.ts';
import { knowsWidths } from './knows-widths.ts';
import { QapiCommand } from './qapi-command.ts';
import { QapiEvent } from './qapi-event.ts';
import type { AlternateType, EnumType, ObjectType } from './qapi-type.ts';
import { SchemaError } from './schema-error.ts';
import { TypeLinker } from './type-linker.ts';

/** A type that has a name. */
export type NamedType = EnumType | ObjectType | AlternateType;

/**
 * What a QEMU understands: its commands and events with their types, wherever they were read from. It answers questions
 * such as "can this QEMU do that?":
 *
 * ```ts
 * if (model.command('blockdev-backup')?.argument('x-perf') !== undefined) { … }
 * ```
 */
export class QapiModel {
  /** As it was made of. */
  readonly definitions: readonly Definition[];
  /** In the order of the definitions, as are all others. */
  readonly commands: ReadonlyMap<string, QapiCommand>;
  readonly events: ReadonlyMap<string, QapiEvent>;
  /** Those that have a name of their own; builtin types and arrays have none. */
  readonly types: ReadonlyMap<string, NamedType>;
  /** Whether it tells integers by their width; a running QEMU calls all of them `int`. */
  readonly knowsWidths: boolean;

  /** @throws SchemaError for a name that is defined twice, or used and not defined. */
  constructor(definitions: readonly Definition[]) {
    checkNames(definitions);
    const linker = new TypeLinker(definitions);
    const commands = new Map<string, QapiCommand>();
    const events = new Map<string, QapiEvent>();
    const types = new Map<string, NamedType>();
    for (const definition of definitions) {
      const { kind, name } = definition;
      if (kind === 'command') {
        const { arguments: args, returns } = definition;
        const takes = args === undefined ? undefined : linker.objectOf(args, name);
        const gives = returns === undefined ? undefined : linker.typeOf(returns, name);
        commands.set(name, new QapiCommand(definition, takes, gives));
      } else if (kind === 'event') {
        const { data } = definition;
        events.set(name, new QapiEvent(definition, data === undefined ? undefined : linker.objectOf(data, name)));
      } else {
        types.set(name, linker.namedType(name, name));
      }
    }
    this.definitions = definitions;
    this.commands = commands;
    this.events = events;
    this.types = types;
    this.knowsWidths = knowsWidths(definitions);
  }

  /** A command by its name; undefined where this QEMU does not know it. */
  command(name: string): QapiCommand | undefined {
    return this.commands.get(name);
  }

  /** An event by its name; undefined where this QEMU does not know it. */
  event(name: string): QapiEvent | undefined {
    return this.events.get(name);
  }

  /** A type by its name; undefined where there is none. */
  type(name: string): NamedType | undefined {
    return this.types.get(name);
  }
}

function checkNames(definitions: readonly Definition[]): void {
  const names = new Set<string>();
  for (const { name } of definitions) {
    if (names.has(name) || isBuiltinName(name)) throw new SchemaError(`"${name}" is defined twice`);
    names.add(name);
  }
}
