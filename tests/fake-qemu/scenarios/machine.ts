import type { Scenario } from '../scenario.ts';

/** What the machine is. */
export const MACHINE: readonly Scenario[] = [
  {
    name: 'tells what it is',
    qemu: ['-name', 'vm', '-uuid', '12345678-1234-1234-1234-123456789abc', '-smp', '2'],
    fake: { name: 'vm', uuid: '12345678-1234-1234-1234-123456789abc', cpus: 2 },
    async play({ execute }) {
      const questions =
        'version name uuid kvm status target cpus-fast hotpluggable-cpus chardev block ' +
        'current-machine memory-size-summary memory-devices memdev iothreads jobs block-jobs ' +
        'named-block-nodes migrate migrate-capabilities migrate-parameters balloon vnc spice ' +
        'mice display-options replay fdsets tpm audiodevs block-exports yank nothing ';
      for (const subject of questions.trim().split(' ')) await execute(`query-${subject}`);
      await execute('query-status', { what: 1 });
    },
  },
  {
    name: 'takes input from outside without a word',
    async play({ execute }) {
      await execute('send-key', { keys: [{ type: 'qcode', data: 'a' }] });
      await execute('send-key', { keys: [{ type: 'qcode', data: 'what' }] });
      await execute('input-send-event', { events: [] });
      await execute('inject-nmi');
      await execute('yank', { instances: [] });
    },
  },
];
