import type { JsonValue } from '@qmp/protocol/codecs';

import type { CommandError } from '../../../server/command-error.ts';
import type { ChardevTable } from '../chardevs/chardev-table.ts';
import type { DeviceTree } from '../devices/device-tree.ts';
import type { Device } from '../devices/device.ts';
import { deviceNotFound, genericError } from '../errors.ts';
import type { Cpus } from '../machine/cpus.ts';
import type { ObjectTable } from '../objects/object-table.ts';

/** One object of QEMU's tree, as far as this one knows it. */
export interface QomObject {
  readonly type: string;
  /** By name, the types of the objects below. */
  readonly children: ReadonlyMap<string, string>;
  /** Those that were given when it was made, and changed since. */
  readonly properties: Map<string, JsonValue>;
  /** It has properties that are not known here, which may be set. */
  readonly isOpen: boolean;
}

/** Where the tree's objects come from. */
export interface QomSources {
  readonly devices: DeviceTree;
  readonly objects: ObjectTable;
  readonly chardevs: ChardevTable;
  readonly cpus: Cpus;
}

const MACHINE_TYPE = 'pc-i440fx-11.1-machine';

/** QEMU's tree of objects: the machine with its devices, and what users have made. */
export class QomTree {
  readonly #sources: QomSources;

  constructor(sources: QomSources) {
    this.#sources = sources;
  }

  /** @throws CommandError if there is no such object. A path may be absolute, or the id of a device or an object. */
  find(path: string): QomObject {
    const object = this.#container(path) ?? this.#leaf(path);
    if (object === undefined) throw deviceNotFound(path);
    return object;
  }

  #container(path: string): QomObject | undefined {
    const { devices, objects, chardevs } = this.#sources;
    switch (path === '/' ? path : path.replace(/\/$/, '')) {
      case '/':
        return containerOf('container', [
          ...['objects', 'chardevs', 'backend', 'audiodevs'].map((name) => [name, 'container'] as const),
          ['machine', MACHINE_TYPE],
        ]);
      case '/machine':
        return containerOf(
          MACHINE_TYPE,
          ['peripheral', 'peripheral-anon', 'unattached'].map((name) => [name, 'container']),
        );
      case '/machine/peripheral':
        return containerOf(
          'container',
          devices.all.filter(({ id }) => id !== undefined).map((device) => [device.id ?? '', device.model.name]),
        );
      case '/machine/peripheral-anon':
        return containerOf(
          'container',
          devices.all
            .filter(({ id }) => id === undefined)
            .map((device) => [device.path.slice(device.path.lastIndexOf('/') + 1), device.model.name]),
        );
      case '/objects':
        return containerOf('container', [
          ...objects.all.map(({ id, type }) => [id, type] as const),
          ['compat_monitor0', 'monitor-qmp'],
        ]);
      case '/chardevs':
        return containerOf(
          'container',
          chardevs.all.map(({ label, type }) => [label, `chardev-${type}`]),
        );
      default:
        return undefined;
    }
  }

  #leaf(path: string): QomObject | undefined {
    const { devices, objects, cpus } = this.#sources;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const device = devices.all.find((each) => each.path === path || each.id === path);
    if (device !== undefined) return deviceObject(device);
    const object = path === name || path === `/objects/${name}` ? objects.get(name) : undefined;
    if (object !== undefined) {
      const properties = object.properties as Map<string, JsonValue>;
      return { type: object.type, children: new Map(), properties, isOpen: false };
    }
    const cpu = cpus.infos.find((each) => each['qom-path'] === path);
    return cpu === undefined ? undefined : containerOf(cpu['qom-type'], []);
  }
}

/** @throws CommandError where it has no such property. */
export function propertyOf(object: QomObject, name: string): JsonValue {
  const value = name === 'type' ? object.type : object.properties.get(name);
  if (value === undefined) throw propertyNotFound(object, name);
  return value;
}

/** @throws CommandError where it has no such property. */
export function setProperty(object: QomObject, name: string, value: JsonValue): void {
  if (!object.isOpen && !object.properties.has(name)) throw propertyNotFound(object, name);
  object.properties.set(name, value);
}

function propertyNotFound({ type }: QomObject, name: string): CommandError {
  return genericError(`Property '${type}.${name}' not found`);
}

function containerOf(type: string, children: readonly (readonly [name: string, type: string])[]): QomObject {
  return { type, children: new Map(children), properties: new Map(), isOpen: false };
}

function deviceObject({ model, qomProperties }: Device): QomObject {
  return { type: model.name, children: new Map(), properties: qomProperties, isOpen: true };
}
