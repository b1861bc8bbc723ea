/** @typedef {import('../rows/row.ts').Contestant} Contestant */
/** @typedef {import('../rows/row.ts').Row} Row */
/** @typedef {import('../rows/row.ts').Runtime} Runtime */
/** @typedef {import('../rows/row.ts').Sample} Sample */

/** Who is the same in every runtime, and so runs once for all of them. */
const NATIVE = /** @type {ReadonlySet<Contestant>} */ (new Set(['C', 'Python']));

/**
 * Measures a row: in each round every contestant runs once in every runtime, and each round begins with another one, so
 * that what disturbs the machine disturbs all alike.
 *
 * @param {Row} row
 * @param {object} options
 * @param {readonly Runtime[]} options.runtimes
 * @param {number} options.rounds
 * @param {import('../server/start-peer.mjs').Peer | undefined} options.peer
 * @returns {Promise<import('../rows/row.ts').Result>}
 */
export async function runRow(row, { runtimes, rounds, peer }) {
  const samples = new Map(runtimes.map((runtime) => [runtime, /** @type {Map<Contestant, Sample[]>} */ (new Map())]));
  const turns = turnsOf(row, runtimes);
  const times = row.isConstant ? 1 : rounds * (row.turnsPerRound ?? 1);
  for (let round = 0; round < times; round += 1) {
    const first = round % turns.length;
    for (const { contestant, runtime, counts } of [...turns.slice(first), ...turns.slice(0, first)]) {
      const sample = await row.measure(contestant, runtime, peer);
      if (sample === undefined) continue;
      for (const each of counts) {
        const taken = samples.get(each);
        taken?.set(contestant, [...(taken.get(contestant) ?? []), sample]);
      }
    }
  }
  return { row, samples };
}

/**
 * Who runs in a round, in which runtime, and for which runtimes it counts.
 *
 * @param {Row} row
 * @param {readonly Runtime[]} runtimes
 */
function turnsOf(row, runtimes) {
  return runtimes.flatMap((runtime, index) =>
    row.contestants
      .filter((contestant) => index === 0 || !NATIVE.has(contestant))
      .map((contestant) => ({ contestant, runtime, counts: NATIVE.has(contestant) ? runtimes : [runtime] })),
  );
}
