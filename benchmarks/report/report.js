// @ts-check

/**
 * What was measured, as it is kept in JSON.
 *
 * @typedef {object} Report
 * @property {string} commit
 * @property {string} date
 * @property {import('../contenders/list.js').Where} where
 * @property {Machine} machine
 * @property {Readonly<Record<string, string>>} versions of the packages of others
 * @property {number} rounds at most
 * @property {import('../plan.js').Curve} [curve]
 * @property {import('../measure.js').Measured[]} problems
 */
/**
 * @typedef {object} Machine
 * @property {number} cores
 * @property {string} [cpu] which browsers do not tell
 * @property {number} [memoryBytes]
 * @property {number} [load] average, at the start
 * @property {string} [node]
 * @property {string} [browser]
 * @property {string} [gpu]
 * @property {boolean} [isSoftwareGpu] which says nothing about GPUs
 */

/** @param {number} ms */
export const time = (ms) => (ms < 100 ? ms.toPrecision(3) : ms.toFixed(0));

/** The machine in a line. @param {Report} report */
export function placeOf({ machine, commit, date }) {
  const { cpu, cores, memoryBytes, load, node, browser, gpu, isSoftwareGpu } = machine;
  return [
    ...[
      cpu,
      `${cores} cores`,
      memoryBytes && `${(memoryBytes / 2 ** 30).toFixed(0)} GiB`,
      gpu && (isSoftwareGpu ? `${gpu} (in software)` : gpu),
    ],
    ...[node && `Node ${node}`, browser, load !== undefined && `load ${load.toFixed(1)} at the start`],
    commit ? `commit ${commit}, ${date}` : date,
  ]
    .filter(Boolean)
    .join('; ');
}

/** Classes that go without saying. */
const USUAL_CLASSES = 21;

/** What a problem is called among others. @param {Pick<Report['problems'][number], 'title' | 'size' | 'classes'>} problem */
export const titleOf = ({ title, size, classes = USUAL_CLASSES }) =>
  [`${title}, ${size}×${size}`, ...(classes === USUAL_CLASSES ? [] : [`${classes} classes`])].join(', ');
