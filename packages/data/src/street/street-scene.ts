import { createRandom, ShapeError, type Random } from '@atrous/core';
import type { LabelMask } from '../mask/label-mask.ts';
import type { RgbaImage } from '../rgba-image.ts';
import * as classes from './classes.ts';
import { createCamera } from './render/camera.ts';
import { chooseFilm, develop } from './render/develop.ts';
import { chooseLens, lookThrough } from './render/lens.ts';
import type { Lamp, Lighting } from './render/light.ts';
import { render } from './render/render.ts';
import { createShader } from './render/shade.ts';
import { skyLight } from './render/sky.ts';
import { castShadows } from './render/shadow-map.ts';
import { chooseCamera } from './world/camera-pose.ts';
import { createGround } from './world/ground.ts';
import { fillStreet } from './world/fill-street.ts';
import { planStreet } from './world/street-plan.ts';
import { chooseConditions, createLighting, type Conditions } from './world/weather.ts';

/** Options of {@link streetScene}. */
export interface StreetSceneOptions {
  /** A whole number; another one is another street. */
  readonly seed: number;
  /** Which scene of a seed's series; 0 by default. */
  readonly index?: number | undefined;
  /** In pixels; 320 by default. */
  readonly width?: number | undefined;
  /** In pixels; 240 by default. */
  readonly height?: number | undefined;
}

/** A made-up picture of a street and the truth about it. */
export interface StreetScene {
  readonly image: RgbaImage;
  /** Ids of the `camvid` label map, 11 where there is none. */
  readonly mask: LabelMask;
  /** `[height, width]`: metres from the camera straight on, `Infinity` for the sky. */
  readonly depth: Float32Array;
  /** Weather and time of day. */
  readonly conditions: Conditions;
}

/** How many lamps are reckoned with; those further away hardly light anything one sees. */
const mostLamps = 10;

/**
 * Draws a street nobody has been to: houses, road, pavements, trees, cars, people, signs, under sun, clouds, fog, rain or lamps, with the
 * class of every pixel. The same options give the same bytes on every machine.
 *
 * @throws ShapeError when width or height is not a whole number of at least 16, seed or index not a whole number.
 */
export function streetScene({ seed, index = 0, width = 320, height = 240 }: StreetSceneOptions): StreetScene {
  checkOptions({ seed, index, width, height });
  const stream = (purpose: string): Random => createRandom(seed, index, 'street', purpose);
  const conditions = chooseConditions(stream('conditions'));
  const lighting = createLighting(conditions, stream('lighting'));
  const plan = planStreet(stream('plan'));
  const { lateral, ...pose } = chooseCamera(plan, stream('camera'));
  const stage = fillStreet({ plan, darkness: lighting.darkness, random: stream('population'), cameraLateral: lateral });
  const hasSun = lighting.sunColor.some((strength) => strength > 0);
  const sunshine = hasSun ? castShadows(stage.shapes, lighting.sun, [0, 0, 26]) : () => 0;
  const rendering = render(createCamera(pose, width, height), {
    shapes: stage.shapes,
    ground: createGround(plan, lighting.wetness, stream('ground')),
    lighting,
    shader: createShader(lighting, lighting.darkness > 0.3 ? nearest(stage.lamps) : [], sunshine),
    skyLabel: classes.sky,
  });
  lookThrough(rendering, chooseLens(stream('lens'), conditions.weather === 'rain'), {
    label: classes.ignored,
    sky: lightFromAbove(lighting),
  });
  const film = chooseFilm(stream('film'), lighting.exposure, conditions.daylight === 'night');
  return {
    image: develop(rendering, film),
    mask: { width, height, data: rendering.labels },
    depth: rendering.depth,
    conditions,
  };
}

function checkOptions({ seed, index, width, height }: Readonly<Record<keyof StreetSceneOptions, number>>): void {
  for (const extent of [width, height])
    if (!Number.isInteger(extent) || extent < 16)
      throw new ShapeError(`a street scene of ${width}×${height} pixels; both must be whole numbers of at least 16`);
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(index))
    throw new ShapeError(`street scene ${index} of seed ${seed}; both must be whole numbers`);
}

const nearest = (lamps: readonly Lamp[]): readonly Lamp[] =>
  lamps.toSorted((a, b) => a.at[2] - b.at[2]).slice(0, mostLamps);

function lightFromAbove(lighting: Lighting): Float64Array {
  const light = new Float64Array(3);
  skyLight(lighting, 0, 1, 0.6, light);
  return light;
}
