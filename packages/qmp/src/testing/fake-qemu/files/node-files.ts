import { writeHostFile } from '@qmp/node/files';

import type { HostFiles } from './host-files.ts';

/** The files of the system. */
export const platformFiles: HostFiles = { writeFile: writeHostFile };
