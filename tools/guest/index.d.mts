import type { InstalledQemu } from '../qemu/index.mjs';

/**
 * Brings a Linux kernel, a few of its modules and busybox from Debian's packages into the cache folder, without root:
 * 15 MB. What is there already costs nothing.
 *
 * @returns the folder that holds them; the kernel is its `vmlinuz`
 * @throws Error that says why they could not be had
 */
export declare function installGuest(options?: { readonly signal?: AbortSignal | undefined }): Promise<string>;

/**
 * Builds the file system of a guest that does nothing but run the agent of an installed QEMU at the virtual serial port
 * `org.qemu.guest_agent.0`.
 *
 * @param guest the folder that `installGuest` gives
 * @returns what QEMU's option `-initrd` takes the path of
 */
export declare function buildInitrd(guest: string, qemu: Pick<InstalledQemu, 'guestAgent'>): Promise<Buffer>;
