// @ts-check
// What was measured, as text.

/** @typedef {import('./run.js').Report} Report */

/** @param {number} ms */
const time = (ms) => (ms < 100 ? ms.toPrecision(3) : ms.toFixed(0));

/** @param {Report['networks'][number]} network */
function sectionOf({ title, size, results, missing }) {
  const [first] = results;
  const rows = results.map(({ name, threads, medianMs, leastMs, mostMs, firstMs, bytes, agreement }) => [
    ...[name, threads, time(medianMs), `${time(leastMs)} – ${time(mostMs)}`],
    ...[`${(medianMs / (first?.medianMs ?? NaN)).toFixed(2)}×`, time(firstMs)],
    ...[(bytes / 2 ** 20).toFixed(0), `${(agreement * 100).toFixed(3)} %`],
  ]);
  const head = [
    '',
    'threads',
    'median, ms',
    'least – most',
    'to the first',
    'first run, ms',
    'MB',
    'labels as the first',
  ];
  const lines = [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  const absent = missing.map(({ name, reason }) => `- ${name} is left out: ${reason}`);
  return `## ${title}, ${size}×${size}\n\n${[...lines, ...(absent.length > 0 ? ['', ...absent] : [])].join('\n')}\n`;
}

/** @param {Report} report */
export function toTable({ commit, date, machine, rounds, networks }) {
  return `# Networks, from an image to labels

Medians of ${rounds} runs in turns, each contender in a process of its own with the same seeded weights. MB is the most that a process had.

${machine.cpu}, ${machine.cores} cores, load ${machine.load.toFixed(1)} at the start, Node ${machine.node}; commit ${commit}, ${date}.

${networks.map(sectionOf).join('\n')}`;
}

/** Names that contenders of two files have in common, with how their medians differ. @param {Report} before @param {Report} after */
export function toComparison(before, after) {
  const lines = after.networks.flatMap(({ network, size, results }) => {
    const old = before.networks.find((one) => one.network === network && one.size === size);
    return results.flatMap(({ name, medianMs }) => {
      const other = old?.results.find((one) => one.name === name);
      if (other === undefined) return [];
      const ratio = medianMs / other.medianMs;
      return [`| ${[network, size, name, time(other.medianMs), time(medianMs), `${ratio.toFixed(2)}×`].join(' | ')} |`];
    });
  });
  const head = `| network | size | contender | ${before.commit}, ms | ${after.commit}, ms | |\n| --- | ---: | --- | ---: | ---: | ---: |`;
  return [head, ...lines].join('\n');
}
