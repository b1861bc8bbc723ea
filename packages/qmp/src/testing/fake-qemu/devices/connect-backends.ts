import type { JsonValue } from '@qmp/protocol/codecs';

import { deviceNotFound, genericError } from '../errors.ts';
import type { Backends } from './backends.ts';
import { backendType, type Device } from './device.ts';
import { Drive, isDrive, needsMedium } from './drive.ts';
import { propertyText } from './property-text.ts';

/**
 * Connects a new device with what it needs: a disk, a network, memory. Gives the drive, if it is one.
 *
 * @throws CommandError where there is nothing of that name, or it is taken.
 */
export function connectBackends(device: Device, backends: Backends, others: readonly Device[]): Drive | undefined {
  const { model, properties } = device;
  if (
    model.name.startsWith('virtio-balloon') &&
    others.some((other) => other.model.name.startsWith('virtio-balloon'))
  ) {
    throw genericError('Only one balloon device is supported');
  }
  if (model.name === 'pc-dimm') connectMemory(device, backends);
  connectNetwork(device, backends);
  const chardev = properties['chardev'];
  if (chardev !== undefined && backends.chardevs.get(propertyText(chardev)) === undefined)
    throw notFound(device, 'chardev', chardev);
  return isDrive(device) ? connectDisk(device, backends) : undefined;
}

function connectDisk(device: Device, { graph }: Backends): Drive {
  const { drive: name } = device.properties;
  const drive = new Drive(device, graph);
  if (name === undefined && needsMedium(device)) throw genericError('drive property not set');
  if (name === undefined) return drive;
  const node = graph.get(propertyText(name));
  if (node === undefined) throw notFound(device, 'drive', name);
  drive.insert(node);
  return drive;
}

function connectNetwork(device: Device, { netdevs }: Backends): void {
  const { netdev: id } = device.properties;
  if (id === undefined) return;
  const netdev = netdevs.get(propertyText(id));
  if (netdev === undefined) throw notFound(device, 'netdev', id);
  if (netdev.user !== undefined) {
    throw genericError(
      `Property '${backendType(device.model)}.netdev' can't take value '${propertyText(id)}', it's in use`,
    );
  }
  netdev.user = device.path;
}

function connectMemory(device: Device, { objects, memory }: Backends): void {
  const { memdev: id } = device.properties;
  if (!memory.hasSlots) throw genericError("no slots where allocated, please specify the 'slots' option");
  if (id === undefined) throw genericError("'memdev' property must be set");
  const backend = objects.get(propertyText(id));
  if (backend === undefined) throw deviceNotFound(propertyText(id));
  if (backend.user !== undefined) throw genericError(`can't use already busy memdev: ${propertyText(id)}`);
  memory.add(device, Number(backend.properties.get('size') ?? 0));
  backend.user = device.path;
}

function notFound({ model }: Device, property: string, value: JsonValue): Error {
  return genericError(`Property '${backendType(model)}.${property}' can't find value '${propertyText(value)}'`);
}
