/** Monitor lines that carry a secret: passwords, and the data of secret objects. */
const SECRET_LINE = /password|object_add\s+secret|\bsecret\b.*\bdata=/i;

/** QOM properties that hold a secret. */
const SECRET_PROPERTY = /^(data|password|secret)$/;

/** Whether a member of a QMP message is a secret by what stands beside it. */
export function isQmpSecret(holder: { readonly [member: string]: unknown }, member: string): boolean {
  switch (member) {
    // object-add of a secret: `data` beside `qom-type`; in `props` up to QEMU 5.2
    case 'data':
    case 'props':
      return String(holder['qom-type']).startsWith('secret');
    // human-monitor-command
    case 'command-line':
      return SECRET_LINE.test(String(holder['command-line']));
    // change of a VNC password, up to QEMU 5.2
    case 'arg':
      return holder['target'] === 'password';
    // qom-set
    case 'value':
      return SECRET_PROPERTY.test(String(holder['property']));
    // blockdev-add over HTTP, which has cookie-secret for those who know
    case 'cookie':
      return true;
    default:
      return false;
  }
}
