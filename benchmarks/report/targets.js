// @ts-check
// What there is to show, and what of it was shown.
import { placeOf } from './report.js';

/** @typedef {import('./report.js').Report} Report */
/**
 * How many times faster one contender is to be than another.
 *
 * @typedef {object} Target
 * @property {string} id by which `results/reasons.json` gives its reason
 * @property {string} problem
 * @property {string} ours
 * @property {string} theirs
 * @property {number} atLeast
 * @property {number} [aim]
 * @property {import('../contenders/list.js').Where} [where] default `node`
 * @property {boolean} [onGpu] one that is none in software
 */

/** Share of a ratio that may be missing: machines are shared, and clocks drift. */
export const SLACK = 0.15;

const MOBILENET = 'v3plus-mobilenetv2';
const RESNET = 'v3plus-resnet50';
const ATROUS = 'conv-256-33-rate18';
const TAIL = 'tail-129-smooth';

const [ONE, TWO] = ['1 thread', '2 threads'];

/** @type {readonly Target[]} */
export const TARGETS = [
  {
    id: 'ort-web-1',
    problem: MOBILENET,
    ours: `Atrous simd, ${ONE}`,
    theirs: `onnxruntime-web wasm, ${ONE}`,
    atLeast: 4.5,
    aim: 5,
  },
  {
    id: 'ort-web-2',
    problem: MOBILENET,
    ours: `Atrous simd, ${TWO}`,
    theirs: `onnxruntime-web wasm, ${TWO}`,
    atLeast: 4.5,
    aim: 5,
  },
  {
    id: 'tfjs-wasm-1',
    problem: MOBILENET,
    ours: `Atrous simd, ${ONE}`,
    theirs: 'TensorFlow.js wasm',
    atLeast: 4,
    aim: 4.5,
  },
  {
    id: 'tfjs-wasm-2',
    problem: MOBILENET,
    ours: `Atrous simd, ${TWO}`,
    theirs: 'TensorFlow.js wasm',
    atLeast: 7.5,
    aim: 9,
  },
  {
    id: 'ort-node-passes-1',
    problem: MOBILENET,
    ours: `Atrous onnx, ${ONE}`,
    theirs: `onnxruntime-node, ${ONE}`,
    atLeast: 1.6,
    aim: 2,
  },
  {
    id: 'ort-node-passes-2',
    problem: MOBILENET,
    ours: `Atrous onnx, ${TWO}`,
    theirs: `onnxruntime-node, ${TWO}`,
    atLeast: 1.6,
    aim: 2,
  },
  {
    id: 'ort-node-simd-1',
    problem: MOBILENET,
    ours: `Atrous simd, ${ONE}`,
    theirs: `onnxruntime-node, ${ONE}`,
    atLeast: 0.8,
    aim: 1,
  },
  {
    id: 'ort-node-simd-2',
    problem: MOBILENET,
    ours: `Atrous simd, ${TWO}`,
    theirs: `onnxruntime-node, ${TWO}`,
    atLeast: 0.8,
    aim: 1,
  },
  {
    id: 'resnet-ort-web',
    problem: RESNET,
    ours: `Atrous simd, ${TWO}`,
    theirs: `onnxruntime-web wasm, ${TWO}`,
    atLeast: 2.8,
    aim: 4,
  },
  { id: 'resnet-tfjs', problem: RESNET, ours: `Atrous simd, ${TWO}`, theirs: 'TensorFlow.js wasm', atLeast: 3, aim: 4 },
  {
    id: 'atrous-ort-web',
    problem: ATROUS,
    ours: `Atrous simd, ${ONE}`,
    theirs: `onnxruntime-web wasm, ${ONE}`,
    atLeast: 4.4,
    aim: 6,
  },
  {
    id: 'atrous-tfjs',
    problem: ATROUS,
    ours: `Atrous simd, ${ONE}`,
    theirs: 'TensorFlow.js wasm',
    atLeast: 2.9,
    aim: 4,
  },
  { id: 'tail-tfjs', problem: TAIL, ours: `Atrous simd, ${ONE}`, theirs: 'TensorFlow.js wasm', atLeast: 4.8 },
  { id: 'tail-ort-node', problem: TAIL, ours: `Atrous simd, ${ONE}`, theirs: `onnxruntime-node, ${ONE}`, atLeast: 10 },
  {
    id: 'tail-ort-web',
    problem: TAIL,
    ours: `Atrous simd, ${ONE}`,
    theirs: `onnxruntime-web wasm, ${ONE}`,
    atLeast: 16,
  },
  {
    id: 'gpu-tfjs',
    problem: MOBILENET,
    where: 'browser',
    onGpu: true,
    ours: 'Atrous webgpu',
    theirs: 'TensorFlow.js WebGPU',
    atLeast: 3,
    aim: 5,
  },
  {
    id: 'gpu-ort',
    problem: MOBILENET,
    where: 'browser',
    onGpu: true,
    ours: 'Atrous webgpu',
    theirs: 'onnxruntime-web WebGPU',
    atLeast: 1.5,
    aim: 2,
  },
];

/** @param {number | undefined} ratio @param {Target} target */
export function verdictOf(ratio, { atLeast, aim = Infinity }) {
  if (ratio === undefined) return 'not measured';
  if (ratio >= aim) return 'aim met';
  if (ratio >= atLeast) return 'met';
  return ratio >= atLeast * (1 - SLACK) ? 'met within the slack' : 'missed';
}

/** How many times faster, by the best turn of each: a turn is the median of several runs. @param {Target} target @param {readonly Report[]} reports */
export function ratioOf({ problem, ours, theirs, where = 'node', onGpu = false }, reports) {
  const measured = reports
    .filter((report) => report.where === where && report.curve === undefined)
    .filter(({ machine }) => !(onGpu && machine.isSoftwareGpu))
    .flatMap(({ problems }) => problems)
    .find(({ name }) => name === problem);
  const [one, other] = [ours, theirs].map((name) => measured?.results.find((result) => result.name === name));
  return one && other && other.leastMs / one.leastMs;
}

/** The same ratios in a browser, of those that were measured in one: what was aimed at is said of Node. @param {readonly Report[]} reports @returns {readonly Target[]} */
const inBrowser = (reports) =>
  TARGETS.filter(({ where }) => where === undefined)
    .map((target) => ({ ...target, id: `${target.id}-browser`, where: /** @type {const} */ ('browser') }))
    .filter((target) => ratioOf(target, reports) !== undefined);

/** @param {readonly Target[]} targets @param {readonly Report[]} reports @param {Readonly<Record<string, string>>} reasons by `id` */
function tableOf(targets, reports, reasons) {
  const rows = targets.map((target) => {
    const ratio = ratioOf(target, reports);
    const times = (/** @type {number | undefined} */ value) => (value === undefined ? '-' : `${value}×`);
    const measured = ratio === undefined ? '-' : `${ratio.toFixed(2)}×`;
    const cells = [target.problem, target.ours, target.theirs, measured, times(target.atLeast), times(target.aim)];
    return `| ${[...cells, verdictOf(ratio, target), reasons[target.id] ?? ''].join(' | ')} |`;
  });
  return `| problem | ours | beside | measured | at least | aim | | reason |
| --- | --- | --- | ---: | ---: | ---: | --- | --- |
${rows.join('\n')}
`;
}

/**
 * Tables of Markdown: of what was aimed at and, where a browser was measured, of the same ratios there.
 *
 * @param {readonly Report[]} reports
 * @param {Readonly<Record<string, string>>} reasons by `id`, of targets that are missed
 */
export function toTargets(reports, reasons) {
  const there = inBrowser(reports);
  return `# Targets

How many times faster than others on the same problem: the best of their turns over the best of ours, in the same minutes; a turn is the median of
several runs, so that neither a lucky run nor a neighbour on the same machine decides. A target counts as met within the slack where at most ${SLACK * 100} % of the least ratio are missing: machines are shared, and clocks drift.

${reports.map((report) => `- ${report.where}: ${placeOf(report)}`).join('\n')}

${tableOf(TARGETS, reports, reasons)}${there.length === 0 ? '' : `\n## In a browser\n\n${tableOf(there, reports, reasons)}`}`;
}
