import type { Random } from '@atrous/core';
import type { CameraPose } from '../render/camera.ts';
import { placeOn, type StreetPlan } from './street-plan.ts';

/** Puts a camera into a car that drives at the beginning of a street; `lateral` is where that is beside the middle, in metres. */
export function chooseCamera(plan: StreetPlan, random: Random): CameraPose & { readonly lateral: number } {
  const lane = (2 * plan.halfRoad) / plan.lanes;
  const chosen = 0.5 + random.integer(Math.ceil(plan.lanes / 2));
  const lateral = plan.driveSide * lane * chosen * 0.9 + random.uniform(-0.4, 0.4);
  return {
    lateral,
    position: placeOn(plan, 0, lateral, random.uniform(1.25, 1.9)).origin,
    yaw: random.uniform(-9, 9),
    pitch: random.uniform(-3, 5),
    roll: random.uniform(-1.8, 1.8),
    fieldOfView: random.uniform(50, 64),
  };
}
