// @ts-check
// What is timed.
import { CRFS, crfProblem } from './crf.js';
import { KERNELS } from './kernels.js';
import { NETWORKS, networkProblem, withBalance } from './networks.js';

/** @typedef {{ readonly graph: import('@atrous/core').Graph, readonly weights: import('@atrous/core').Weights, readonly image: import('@atrous/core').Tensor }} Problem */

/**
 * A problem in words, that goes to processes and workers: each makes it for itself.
 *
 * @typedef {object} Task
 * @property {What} what
 * @property {string} name
 * @property {string} title
 * @property {number} size of the sides of the image, or of the map
 * @property {number} [classes] of a network
 * @property {number} [labels] of a CRF
 * @property {readonly number[]} [means] of its logits, which are taken off
 */
/** @typedef {'networks' | 'kernels' | 'crf'} What */

const CLASSES = 21;

const LISTS = { networks: NETWORKS, kernels: KERNELS, crf: CRFS };

export const WHATS = /** @type {readonly What[]} */ (Object.keys(LISTS));

/** Names of what can be timed. @param {What} what */
export const namesOf = (what) => Object.keys(LISTS[what]);

/**
 * @param {What} what
 * @param {string} name
 * @param {{ readonly size?: number, readonly classes?: number }} [options] of a network; its own size, and 21 classes, otherwise
 * @returns {Task}
 * @throws Error for names that are unknown
 */
export function taskOf(what, name, { size, classes = CLASSES } = {}) {
  const found = LISTS[what][name];
  if (found === undefined) throw new Error(`"${name}" is none of ${namesOf(what).join(', ')}`);
  const task = { what, name, title: found.title, size: found.size };
  if (what === 'networks') return { ...task, size: size ?? found.size, classes };
  return 'labels' in found ? { ...task, labels: found.labels } : task;
}

/** Networks and kernels. @param {Task} task @returns {Problem} */
export function problemOf({ what, name, size, classes = CLASSES, means }) {
  if (what === 'kernels') return /** @type {(typeof KERNELS)[string]} */ (KERNELS[name]).build();
  const problem = networkProblem(name, size, classes);
  return means === undefined ? problem : withBalance(problem, means);
}

/** @param {Task} task */
export const crfOf = ({ labels = CLASSES, size }) => crfProblem(labels, size);
