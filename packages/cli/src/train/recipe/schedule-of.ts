import { cosine, poly, stepwise, warmUp, type Schedule } from '@atrous/train';
import type { TrainConfig } from '../config/config-schema.ts';

function scheduleOfKind({ schedule, steps }: TrainConfig): Schedule {
  const { learningRate: base } = schedule;
  switch (schedule.kind) {
    case 'poly':
      return poly({ base, steps, power: schedule.power, end: schedule.end });
    case 'cosine':
      return cosine({ base, steps });
    case 'step':
      return stepwise({ base, every: schedule.every, factor: schedule.factor });
    case 'constant':
      return () => base;
    default:
      return schedule satisfies never;
  }
}

/** The learning rate by step that a configuration asks for. */
export function scheduleOf(config: TrainConfig): Schedule {
  const schedule = scheduleOfKind(config);
  return config.schedule.warmUp > 0 ? warmUp(config.schedule.warmUp, schedule) : schedule;
}
