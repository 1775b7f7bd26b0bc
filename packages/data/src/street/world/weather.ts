import type { Random } from '@atrous/core';
import { turn } from '../geometry/turn.ts';
import { normalize, type Vec3 } from '../geometry/vec3.ts';
import type { Light3, Lighting } from '../render/light.ts';

/** What the air is like. */
export type Weather = 'clear' | 'cloudy' | 'overcast' | 'fog' | 'rain';

/** How high the sun stands. */
export type Daylight = 'day' | 'dusk' | 'night';

/** Weather and time of a scene. */
export interface Conditions {
  readonly weather: Weather;
  readonly daylight: Daylight;
}

const weathers: readonly Weather[] = [
  'clear',
  'clear',
  'clear',
  'clear',
  'cloudy',
  'cloudy',
  'cloudy',
  'overcast',
  'overcast',
  'overcast',
  'fog',
  'rain',
];
const daylights: readonly Daylight[] = ['day', 'day', 'day', 'day', 'day', 'day', 'day', 'dusk', 'dusk', 'night'];

export const chooseConditions = (random: Random): Conditions => ({
  weather: random.pick(weathers),
  daylight: random.pick(daylights),
});

const times = (color: Light3, by: number): Light3 => [color[0] * by, color[1] * by, color[2] * by];

interface Palette {
  readonly sun: Light3;
  readonly sky: Light3;
  readonly haze: Light3;
  readonly zenith: Light3;
  readonly cloud: Light3;
  readonly darkness: number;
}

const palettes: Readonly<Record<Daylight, Palette>> = {
  day: {
    sun: [2.5, 2.3, 2],
    sky: [0.62, 0.7, 0.85],
    haze: [1.15, 1.25, 1.35],
    zenith: [0.22, 0.42, 0.85],
    cloud: [1.5, 1.5, 1.55],
    darkness: 0,
  },
  dusk: {
    sun: [2.1, 1.1, 0.5],
    sky: [0.42, 0.4, 0.5],
    haze: [1.2, 0.75, 0.5],
    zenith: [0.16, 0.22, 0.45],
    cloud: [0.9, 0.6, 0.55],
    darkness: 0.45,
  },
  night: {
    sun: [0, 0, 0],
    sky: [0.055, 0.065, 0.1],
    haze: [0.045, 0.042, 0.05],
    zenith: [0.015, 0.02, 0.045],
    cloud: [0.04, 0.037, 0.042],
    darkness: 1,
  },
};

const cover: Readonly<Record<Weather, number>> = { clear: 0.1, cloudy: 0.55, overcast: 1, fog: 1, rain: 1 };

function sunAt(daylight: Daylight, random: Random): Vec3 {
  const azimuth = turn(random.uniform(0, 360));
  const height = turn(daylight === 'dusk' ? random.uniform(7, 16) : random.uniform(24, 58));
  return normalize([azimuth.sin * height.cos, height.sin, azimuth.cos * height.cos]);
}

/** Light and air of a scene. Below full cloud the "sun" is the bright sky overhead, which leaves soft shadows under things. */
export function createLighting({ weather, daylight }: Conditions, random: Random): Lighting {
  const palette = palettes[daylight];
  const cloudiness = Math.min(1, cover[weather] + random.uniform(-0.1, 0.1));
  const isGrey = cover[weather] === 1;
  const grey = (color: Light3, t: number): Light3 => {
    const mean = (color[0] + color[1] + color[2]) / 3;
    return [color[0] + (mean - color[0]) * t, color[1] + (mean - color[1]) * t, color[2] + (mean - color[2]) * t];
  };
  const sun = isGrey ? normalize([random.uniform(-0.3, 0.3), 1, random.uniform(-0.3, 0.3)]) : sunAt(daylight, random);
  const dim = isGrey ? 0.6 : 1;
  return {
    sun,
    sunColor: isGrey ? times(grey(palette.sun, 0.9), 0.3) : times(palette.sun, random.uniform(0.7, 1.1)),
    skyColor: isGrey ? times(grey(palette.sky, 0.7), 0.75) : palette.sky,
    groundColor: times(palette.sky, 0.45),
    hazeColor: isGrey ? times(grey(palette.haze, 0.85), dim) : palette.haze,
    zenithColor: isGrey ? times(grey(palette.haze, 0.8), dim * 0.9) : palette.zenith,
    haze:
      weather === 'fog' ? random.uniform(0.008, 0.018) : weather === 'rain' ? 0.006 : random.uniform(0.0006, 0.0024),
    cloudiness: weather === 'fog' ? 0 : cloudiness,
    cloudColor: isGrey ? times(grey(palette.cloud, 0.9), 0.75) : palette.cloud,
    wetness: weather === 'rain' ? random.uniform(0.6, 1) : random.chance(0.12) ? random.uniform(0.2, 0.6) : 0,
    darkness: palette.darkness,
    exposure: random.uniform(0.85, 1.15) * (daylight === 'night' ? 2.2 : isGrey ? 1.1 : 0.9),
    seed: random.integer(1 << 30),
  };
}
