// @ts-check
import { time } from './report.js';

/** @typedef {import('./report.js').Report} Report */

/** @param {Report['problems'][number]} problem */
const keyOf = ({ name, size, classes }) => `${name} ${size} ${classes ?? ''}`;

/** What two reports have in common, and how their medians differ: a table of Markdown. @param {Report} before @param {Report} after */
export function toComparison(before, after) {
  const lines = after.problems.flatMap((problem) => {
    const old = before.problems.find((one) => keyOf(one) === keyOf(problem));
    return problem.results.flatMap(({ name, medianMs }) => {
      const other = old?.results.find((one) => one.name === name);
      if (other === undefined) return [];
      const times = [other.medianMs, medianMs].map(time);
      return [
        `| ${[problem.name, problem.size, name, ...times, `${(medianMs / other.medianMs).toFixed(2)}×`].join(' | ')} |`,
      ];
    });
  });
  const head = `| problem | size | contender | ${before.commit}, ms | ${after.commit}, ms | |\n| --- | ---: | --- | ---: | ---: | ---: |`;
  return [head, ...lines].join('\n');
}
