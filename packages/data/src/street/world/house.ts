import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import type { Brush } from '../render/stage.ts';
import type { Material, Paint } from '../render/shape.ts';
import type { Facade } from './facade.ts';

/** A house that is being built; lengths in metres around its brush. */
export interface House {
  readonly brush: Brush;
  readonly x0: number;
  readonly x1: number;
  readonly z0: number;
  readonly z1: number;
  /** Of its walls. */
  readonly height: number;
  readonly facade: Facade;
  readonly wall: Paint;
  /** On which side of the street it stands: 1 right, −1 left. */
  readonly side: 1 | -1;
  readonly random: Random;
}

/** Something a house is made of. */
export const houseOf = (material: Material): Paint => ({ label: classes.building, material });

/** A step away from the street, in the direction `house.side`, from a place of its front. */
export const span = ({ side }: House, from: number, length: number): readonly [low: number, high: number] =>
  side > 0 ? [from, from + length] : [from - length, from];
