/** How many arrays and objects may lie inside each other, the outermost included. QEMU keeps the same limit. */
export const MAX_NESTING = 1024;
