/** What people get wrong without noticing: case, and what stands between words. */
const INSIGNIFICANT = /[-_. ]/g;

/** The name that was probably meant: one that differs by case, by dashes, or by up to a third of its letters. */
export function closestName(name: string, names: Iterable<string>): string | undefined {
  let closest: string | undefined;
  let least = Infinity;
  for (const candidate of names) {
    const limit = Math.min(Math.max(1, Math.floor(candidate.length / 3)), least - 1);
    // Names that are too long for it are not looked at, however long they are.
    if (Math.abs(candidate.length - name.length) > Math.max(limit, INSIGNIFICANT_AT_MOST)) continue;
    const distance = significant(candidate) === significant(name) ? 0 : distanceBetween(name, candidate);
    if (distance > limit) continue;
    least = distance;
    closest = candidate;
  }
  return closest;
}

/** How many dashes somebody may have left out. */
const INSIGNIFICANT_AT_MOST = 8;

function significant(name: string): string {
  return name.toLowerCase().replace(INSIGNIFICANT, '');
}

/** How many letters to change, add, leave out or swap with the next to make one word of the other. */
function distanceBetween(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        row > 1 && column > 1 && isSwap ? at(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, other.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
