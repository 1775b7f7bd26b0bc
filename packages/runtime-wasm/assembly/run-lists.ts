import { runKernel } from './run-kernel';
import { Step } from './step';

/** Runs all items of some steps, one step after the other. @param end behind the last. */
export function runAlone(step: usize, end: usize, part: i32): void {
  for (; step < end; step += offsetof<Step>()) {
    const work = changetype<Step>(step);
    runKernel(work.kernel, work.op, work.first, work.first + work.items, part);
  }
}

/** Runs lists `from … to − 1` of steps. @param at where each list begins, one behind the other, and where the last ends. */
export function runLists(at: usize, from: i32, to: i32, part: i32): void {
  runAlone(load<usize>(at + ((<usize>from) << 2)), load<usize>(at + ((<usize>to) << 2)), part);
}
