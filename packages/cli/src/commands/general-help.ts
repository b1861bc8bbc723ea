/** What `qmp --help` prints. */
export const generalHelp = `qmp talks to a running QEMU, by the QEMU Machine Protocol (QMP), and knows what a
QEMU understands.

Usage:
  qmp demo                                              see it at work, right now
  qmp exec [ADDRESS] COMMAND [key=value ... | JSON]     run one command
  qmp events [ADDRESS] [NAME ...]                       follow what happens
  qmp record [ADDRESS] --out FILE [--listen ADDRESS]    write down what is said
  qmp log FILE                                          read what was written down
  qmp replay FILE --listen ADDRESS                      have it said again, without QEMU
  qmp schema show [SCHEMA] [NAME]                       what a QEMU understands
  qmp schema diff SCHEMA SCHEMA                         what another one does not
  qmp codegen --from SCHEMA --out FOLDER                the same as TypeScript
  qmp help [COMMAND]        (or: qmp COMMAND --help)    learn more, with examples
  qmp --version

A first session. Start a QEMU that listens for QMP, and talk to it:
  qemu-system-x86_64 -m 64 -display none -qmp unix:/tmp/vm.sock,server=on,wait=off &
  qmp exec /tmp/vm.sock query-status
  qmp exec /tmp/vm.sock human-monitor-command command-line='info block'
  qmp exec /tmp/vm.sock quit

What can it do, and what does that take?
  qmp schema show 11.1 blockdev-add driver=qcow2
  qmp schema show /tmp/vm.sock query-status

ADDRESS is where QEMU's option -qmp says that it listens:
  /tmp/vm.sock, ./vm.sock, unix:vm.sock    -qmp unix:/tmp/vm.sock,server=on,wait=off
  localhost:4444, tcp:[::1]:4444           -qmp tcp:localhost:4444,server=on,wait=off
  unix:@vm                                 a Linux abstract socket
  tls:vm.example:4444                      a -chardev socket,...,tls-creds=...
                                           (options for it: qmp help exec)

Environment:
  QMP_SOCKET   the address where none is given
  QEMU         the QEMU that qmp demo starts (default: the first one on PATH)
  NO_COLOR     set it to anything for plain text

Exit status: 0 it worked, 1 it did not, 2 the command line is wrong.
`;
