import { binMeans } from './bin-means';
import { affine, broadcast } from './channelwise';
import { argMax, softmax } from './classes';
import { conv } from './conv';
import { depthwise } from './depthwise';
import { activation, elementwise } from './elementwise';
import { interpolateTaps } from './interpolate-taps';
import { copyChannels, depthToSpace, labelsToMap, pad, repeatChannels } from './layout';
import { pointwise } from './pointwise';
import { pool } from './pool';
import { resize } from './resize';
import { resizeArgMax } from './resize-arg-max';
import { runLists } from './run-lists';
import { winograd, winogradFilters } from './winograd';

/** Runs items `from … to − 1` of a kernel. Numbers follow the order of `kernel-fields.ts`. */
export function runKernel(kernel: i32, op: usize, from: i32, to: i32, part: i32): void {
  switch (kernel) {
    case 0:
      return pointwise(op, from, to);
    case 1:
      return conv(op, from, to);
    case 2:
      return depthwise(op, from, to);
    case 3:
      return pool(op, from, to);
    case 4:
      return binMeans(op, from, to);
    case 5:
      return resize(op, from, to);
    case 6:
      return elementwise(op, from, to);
    case 7:
      return activation(op, from, to);
    case 8:
      return affine(op, from, to);
    case 9:
      return broadcast(op, from, to);
    case 10:
      return argMax(op, from, to);
    case 11:
      return softmax(op, from, to);
    case 12:
      return copyChannels(op, from, to);
    case 13:
      return repeatChannels(op, from, to);
    case 14:
      return labelsToMap(op, from, to);
    case 15:
      return pad(op, from, to);
    case 16:
      return depthToSpace(op, from, to);
    case 17:
      return winograd(op, from, to, part);
    case 18:
      return winogradFilters(op, from, to, part);
    case 19:
      return interpolateTaps(op, from, to, part);
    case 20:
      return resizeArgMax(op, from, to, part);
    default:
      return runLists(op, from, to, part);
  }
}
