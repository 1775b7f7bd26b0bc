import { runKernel } from './run-kernel';
import { Step } from './step';

/** Looks at the others before falling asleep: they are mostly there sooner than a thread can be woken. */
const LOOKS: i32 = 20000;

/** Returns once all threads are here. `meeting` holds how many have come, and how often all have. */
function meet(meeting: usize, parts: i32): void {
  const round = atomic.load<i32>(meeting, 4);
  if (atomic.add<i32>(meeting, 1) == parts - 1) {
    atomic.store<i32>(meeting, 0);
    atomic.add<i32>(meeting, 1, 4);
    atomic.notify(meeting + 4, parts);
    return;
  }
  for (let looks = 0; looks < LOOKS; looks++) if (atomic.load<i32>(meeting, 4) != round) return;
  while (atomic.load<i32>(meeting, 4) == round) atomic.wait<i32>(meeting + 4, round, -1);
}

/**
 * Runs some steps of a plan, the share of one of several threads of each. No thread begins a step before all have ended the one before.
 *
 * @param step the first. @param end behind the last. @param meeting two integers, 0 at first, that threads share; unused by one alone.
 */
export function runSteps(step: usize, end: usize, part: i32, parts: i32, meeting: usize): void {
  for (; step < end; step += offsetof<Step>()) {
    const work = changetype<Step>(step);
    const items = work.items;
    const unit = work.unit;
    const shares = (items + unit - 1) / unit;
    const from = min(items, ((shares * part) / parts) * unit);
    const to = min(items, ((shares * (part + 1)) / parts) * unit);
    if (from < to) runKernel(work.kernel, work.op, from, to, part);
    if (ASC_FEATURE_THREADS) if (parts > 1) meet(meeting, parts);
  }
}
