/**
 * Brings QEMU's own client, the Python package `qemu.qmp`, from Debian's newest suite into the cache folder, without root.
 * What is there already costs nothing.
 *
 * @returns what `PYTHONPATH` is to be
 * @throws Error that says why it could not be had, or why it does not run
 */
export declare function installPythonQmp(options?: { readonly signal?: AbortSignal | undefined }): Promise<string>;
