// What a process takes that does nothing.
// oxlint-disable-next-line unicorn/require-module-specifiers -- makes it a module, which is all that it is
export {};
