export { installQemu } from './install.mjs';
export { installedQemu } from './installed.mjs';
