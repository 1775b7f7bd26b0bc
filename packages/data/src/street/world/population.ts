import type { Random } from '@atrous/core';
import type { Lamp } from '../render/light.ts';
import { brushAt, type Brush, type Stage } from '../render/stage.ts';
import type { TakePlace } from './places.ts';
import { placeOn, type StreetPlan } from './street-plan.ts';

/** A street that is being filled. */
export interface Population {
  readonly stage: Stage;
  readonly plan: StreetPlan;
  /** Where lamps are put. */
  readonly lamps: Lamp[];
  /** How dark it is, 0 … 1. */
  readonly darkness: number;
  readonly random: Random;
  /** Where the camera is beside the middle of the street, at its beginning. */
  readonly cameraLateral: number;
  readonly take: TakePlace;
}

/** A brush for what stands somewhere along a street and beside its middle, `height` metres above the road. */
export const brushOn = ({ stage, plan }: Population, along: number, lateral: number, height = 0): Brush =>
  brushAt(stage, placeOn(plan, along, lateral, height));

/** Left and right. */
export const sides = [-1, 1] as const;

/** Whether a place along a street is in its side street or less than `margin` metres from it. */
export const isInCrossing = ({ crossing }: StreetPlan, along: number, margin: number): boolean =>
  crossing !== undefined && Math.abs(along - crossing.at) < crossing.half + margin;

/** Height of the pavement, in metres. */
export const kerbHeight = 0.13;
