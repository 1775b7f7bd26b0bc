import type { Plan } from './plan.ts';

/** Videos have one size; photos are held upright or not. Every plan holds the weights once more. */
const PLANS = 2;

/** Plans by the shapes they are for: those that were used last. */
export interface PlanCache {
  get(shapes: ReadonlyMap<string, readonly number[]>): Promise<Plan>;
  size(): number;
  clear(): Promise<void>;
}

/** @param create makes a plan that is not there. Calls must not overlap. */
export function createPlanCache(create: (shapes: ReadonlyMap<string, readonly number[]>) => Promise<Plan>): PlanCache {
  const plans = new Map<string, Plan>();
  const drop = async ([key, plan]: readonly [string, Plan]): Promise<void> => {
    plans.delete(key);
    await plan.release();
  };
  return {
    async get(shapes) {
      const key = [...shapes.values()].map((shape) => shape.join()).join(';');
      const [oldest] = plans;
      if (!plans.has(key) && plans.size >= PLANS && oldest) await drop(oldest);
      const plan = plans.get(key) ?? (await create(shapes));
      plans.delete(key);
      plans.set(key, plan);
      return plan;
    },
    size: () => plans.size,
    async clear() {
      for (const entry of [...plans]) await drop(entry);
    },
  };
}
