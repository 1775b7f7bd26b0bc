import { runKernel } from './run-kernel';
import { runAlone } from './run-lists';
import { Step } from './step';

/** Looks at the others before falling asleep: they are mostly there sooner than a thread can be woken. */
const LOOKS: i32 = 20000;

/** Returns once all threads are here. `meeting` holds how many have come, and how often all have. */
function meet(meeting: usize, parts: i32, step: Step): void {
  const round = atomic.load<i32>(meeting, 4);
  if (atomic.add<i32>(meeting, 1) == parts - 1) {
    step.next = 0;
    atomic.store<i32>(meeting, 0);
    atomic.add<i32>(meeting, 1, 4);
    atomic.notify(meeting + 4, parts);
    return;
  }
  for (let looks = 0; looks < LOOKS; looks++) if (atomic.load<i32>(meeting, 4) != round) return;
  while (atomic.load<i32>(meeting, 4) == round) atomic.wait<i32>(meeting + 4, round, -1);
}

/** Takes items and runs them until all are taken: a thread that is held up leaves more of them to the others. */
function share(step: Step, part: i32): void {
  const next = changetype<usize>(step) + offsetof<Step>('next');
  const items = step.items;
  const grain = step.grain;
  for (;;) {
    const from = atomic.add<i32>(next, grain);
    if (from >= items) return;
    runKernel(step.kernel, step.op, from, min(items, from + grain), part);
  }
}

/**
 * Runs some steps of a plan, alone or with other threads. No thread begins a step before all have ended the one before.
 *
 * @param step the first. @param end behind the last. @param meeting two integers, 0 at first, that threads share; unused by one alone.
 */
export function runSteps(step: usize, end: usize, part: i32, parts: i32, meeting: usize): void {
  if (!ASC_FEATURE_THREADS || parts == 1) return runAlone(step, end, part);
  for (; step < end; step += offsetof<Step>()) {
    const work = changetype<Step>(step);
    share(work, part);
    meet(meeting, parts, work);
  }
}
