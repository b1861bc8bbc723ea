import { genericError } from '../errors.ts';
import type { BlockNode } from './block-node.ts';

type Permission = 'write' | 'resize';

const ALL: readonly Permission[] = ['write', 'resize'];

/** What uses a node, and what it asks for: to write there itself, and that nobody else does. */
interface NodeUser {
  readonly name: string;
  readonly role: string;
  readonly needs: readonly Permission[];
  readonly forbids: readonly Permission[];
}

/**
 * Checks that of all who use a node nobody does what another forbids.
 *
 * @throws CommandError with who does, and who forbids it.
 */
export function checkPermissions(nodes: readonly BlockNode[]): void {
  for (const node of nodes) {
    const users = usersOf(node, nodes);
    for (const [index, newer] of users.entries()) {
      for (const older of users.slice(0, index)) {
        checkPair(node, older, newer);
        checkPair(node, newer, older);
      }
    }
  }
}

function checkPair(node: BlockNode, user: NodeUser, other: NodeUser): void {
  const conflict = user.needs.filter((permission) => other.forbids.includes(permission));
  if (conflict.length === 0) return;
  const describe = ({ name, role }: NodeUser): string => `${name} (uses node '${node.name}' as '${role}' child)`;
  const both = `are both required by ${describe(user)} and unshared by ${describe(other)}`;
  throw genericError(`Permission conflict on node '${node.name}': permissions '${conflict.join(', ')}' ${both}.`);
}

/** The oldest first. */
function usersOf(node: BlockNode, nodes: readonly BlockNode[]): NodeUser[] {
  const parents = nodes.flatMap((parent) =>
    parent.children
      .filter((child) => child.node === node && child.role !== 'backing')
      .map(({ role }) => parentUser(parent, role, nodes)),
  );
  return [...parents, ...[...node.backends].filter((name) => name.startsWith('/')).map((path) => device(path, node))];
}

function device(path: string, node: BlockNode): NodeUser {
  const needs: readonly Permission[] = node.isReadOnly ? [] : ['write'];
  return { name: `block device '${path}'`, role: 'root', needs, forbids: ALL };
}

function parentUser(parent: BlockNode, role: string, nodes: readonly BlockNode[]): NodeUser {
  const name = `node '${parent.name}'`;
  if (parent.image !== undefined) return { name, role, needs: parent.isReadOnly ? [] : ALL, forbids: ALL };
  // A filter asks for what is asked of it.
  const users = usersOf(parent, nodes);
  const asked = (by: (user: NodeUser) => readonly Permission[]): readonly Permission[] =>
    ALL.filter((permission) => users.some((user) => by(user).includes(permission)));
  return { name, role, needs: asked(({ needs }) => needs), forbids: asked(({ forbids }) => forbids) };
}
