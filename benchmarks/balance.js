// @ts-check
import { simd } from '@atrous/runtime-wasm';
import { problemOf } from './problems/index.js';
import { meanLogits } from './problems/networks.js';

/** The task with the means of a network's logits, if it is one. @param {import('./problems/index.js').Task} task */
export const balance = async (task) =>
  task.what === 'networks' ? { ...task, means: await meanLogits(problemOf(task), simd()) } : task;
