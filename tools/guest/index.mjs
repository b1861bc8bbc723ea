export { buildInitrd } from './build-initrd.mjs';
export { installGuest } from './install-guest.mjs';
