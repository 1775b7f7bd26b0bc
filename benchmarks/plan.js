// @ts-check
// What is timed on what, from what a user asks for: in the command as in the page.
import { contendersOf } from './contenders/list.js';
import { namesOf, taskOf, WHATS } from './problems/index.js';

/** @typedef {import('./problems/index.js').Task} Task */
/** @typedef {'side' | 'threads' | 'classes' | 'labels'} Curve */
/**
 * @typedef {object} Wish
 * @property {readonly import('./problems/index.js').What[]} [what] default: networks and kernels
 * @property {readonly string[]} [problems] names, or parts of names; default: all
 * @property {readonly string[]} [contenders] names, or parts of names; default: all
 * @property {readonly number[]} [threads] of those that can have several; default: one for kernels, one and as many as there are cores for the others
 * @property {readonly number[]} [sizes] of the sides of a network's image
 * @property {Curve} [curve] over which there are several measurements of a network, or of the CRF
 */
/** @typedef {{ readonly task: Task, readonly contenders: readonly import('./contenders/list.js').Contender[], readonly missing: readonly import('./measure.js').Missing[] }} Step */

export const CURVES = /** @type {const} */ (['side', 'threads', 'classes', 'labels']);

const SIDES = [129, 257, 385, 513, 769, 1025];
const CLASSES = [2, 21, 60, 150];

/** The network of a curve, unless others are named. */
const USUAL = 'v3plus-mobilenetv2';

/** Names that are asked for: by themselves, or by a part that several may have. @param {readonly string[]} names @param {readonly string[] | undefined} parts */
function chosen(names, parts = names) {
  const low = (/** @type {string} */ text) => text.toLowerCase();
  const found = parts.flatMap((part) => {
    const exact = names.filter((name) => low(name) === low(part));
    return exact.length > 0 ? exact : names.filter((name) => low(name).includes(low(part)));
  });
  return names.filter((name) => found.includes(name));
}

/** @param {Wish} wish @returns {Task[]} */
function tasksOf({ what = ['networks', 'kernels'], problems, sizes, curve }) {
  if (curve === 'labels') return namesOf('crf').map((name) => taskOf('crf', name));
  if (curve !== undefined) {
    const names = chosen(namesOf('networks'), problems ?? [USUAL]);
    if (curve === 'side')
      return names.flatMap((name) => (sizes ?? SIDES).map((size) => taskOf('networks', name, { size })));
    if (curve === 'classes')
      return names.flatMap((name) => CLASSES.map((classes) => taskOf('networks', name, { classes })));
    return names.map((name) => taskOf('networks', name));
  }
  return what.flatMap((one) =>
    chosen(namesOf(one), problems).flatMap((name) =>
      one === 'networks' && sizes !== undefined
        ? sizes.map((size) => taskOf(one, name, { size }))
        : [taskOf(one, name)],
    ),
  );
}

/** @param {Wish} wish @param {number} cores @param {Task} task */
function threadsOf({ curve, threads }, cores, { what }) {
  if (curve === 'threads') return Array.from({ length: Math.max(...(threads ?? [cores])) }, (_, i) => i + 1);
  return threads ?? (what === 'kernels' ? [1] : [...new Set([1, cores])]);
}

/**
 * @param {Wish} wish
 * @param {{ readonly where: import('./contenders/list.js').Where, readonly hasGpu: boolean, readonly cores: number }} place `cores` that threads may have
 * @returns {readonly Step[]}
 * @throws Error for what is unknown
 */
export function planOf(wish, place) {
  for (const one of wish.what ?? [])
    if (!WHATS.includes(one)) throw new Error(`"${one}" is none of ${WHATS.join(', ')}`);
  if (wish.curve !== undefined && !CURVES.includes(wish.curve))
    throw new Error(`"${wish.curve}" is none of ${CURVES.join(', ')}`);
  const tasks = tasksOf(wish);
  if (tasks.length === 0) throw new Error(`no problem is called "${wish.problems?.join('" or "')}"`);
  const steps = tasks.map((task) => {
    const { contenders, missing } = contendersOf(task.what, { ...place, threads: threadsOf(wish, place.cores, task) });
    const names = chosen(
      [...contenders, ...missing].map(({ name }) => name),
      wish.contenders,
    );
    const isChosen = (/** @type {{ readonly name: string }} */ { name }) => names.includes(name);
    return { task, contenders: contenders.filter(isChosen), missing: missing.filter(isChosen) };
  });
  const some = steps.filter(({ contenders, missing }) => contenders.length + missing.length > 0);
  if (some.length === 0) throw new Error(`no contender is called "${wish.contenders?.join('" or "')}"`);
  return some;
}
