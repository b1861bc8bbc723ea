import type { ScreendumpArguments } from '../../../schema/types/qemu-11.1.gen.ts';
import type { Device } from '../devices/device.ts';
import type { DeviceTree } from '../devices/device-tree.ts';
import { genericError } from '../errors.ts';
import type { HostFiles } from '../files/host-files.ts';
import type { Handlers } from '../handlers.ts';
import { describeSystemError } from '../files/describe-system-error.ts';
import { encodePng } from './encode-png.ts';
import { encodePpm } from './encode-ppm.ts';
import type { Screen } from './screen.ts';

const DISPLAY = /vga$|^bochs-display$|^virtio-gpu|^ramfb$|^vmware-svga$/i;

/** Taking pictures of the screen. */
export function screenCommands(screen: Screen, devices: DeviceTree, files: HostFiles): Handlers {
  return {
    async screendump(args) {
      checkConsole(args, devices);
      const encode = args.format === 'png' ? encodePng : encodePpm;
      try {
        await files.writeFile(args.filename, encode(screen.picture));
      } catch (error) {
        throw genericError(`Could not create '${args.filename}': ${describeSystemError(error)}`);
      }
    },
  };
}

function checkConsole({ device, head }: ScreendumpArguments, devices: DeviceTree): void {
  if (device === undefined) {
    if (head !== undefined) throw genericError("'head' must be specified together with 'device'");
    if (!devices.all.some(isDisplay)) throw genericError('There is no console to take a screendump from');
    return;
  }
  if (isDisplay(devices.find(device)) && (head ?? 0) === 0) return;
  throw genericError(`Device ${device} (head ${head ?? 0}) is not bound to a QemuConsole`);
}

function isDisplay({ model }: Device): boolean {
  return DISPLAY.test(model.name);
}
