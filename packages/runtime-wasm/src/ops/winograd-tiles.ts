import type { WindowAxis } from '@atrous/core';

/** A way to filter some outputs along one axis with fewer products, of `assembly/minimal-filtering.ts`. */
export interface Filtering {
  readonly code: number;
  /** Numbers of the map that are read, and which tap of the filter the first of them meets at the first output. */
  readonly inputs: number;
  readonly firstTap: number;
  readonly products: number;
  readonly outputs: number;
}

const FOUR: Filtering = { code: 0, inputs: 6, firstTap: 0, products: 6, outputs: 4 };
const THREE: Filtering = { code: 1, inputs: 5, firstTap: 0, products: 5, outputs: 3 };
const TWO: Filtering = { code: 2, inputs: 4, firstTap: 0, products: 4, outputs: 2 };
/** Between zeros: the outer taps have one number each to read. */
const TWO_ALONE: Filtering = { code: 3, inputs: 2, firstTap: 1, products: 3, outputs: 2 };
/** Between zeros, by the middle tap alone. */
const ONE_ALONE: Filtering = { code: 4, inputs: 1, firstTap: 1, products: 1, outputs: 1 };

/** Outputs along one axis that are filtered in the same way: where groups of them begin. */
export interface Tiling {
  readonly filtering: Filtering;
  readonly origins: readonly number[];
}

type Phases = ReadonlyMap<Filtering, readonly number[]>;

/** Where the phases of the rate begin, whose pixels are images of their own, by the first filtering that does for them. */
function phasesOf(axis: WindowAxis, base: Filtering, alone: readonly Filtering[]): Phases {
  const { rate, before, inExtent, outExtent } = axis;
  const phases = new Map<Filtering, number[]>();
  for (let first = 0; first < Math.min(rate, outExtent); first++) {
    // all that its filter would read besides is zero
    const fits = ({ outputs }: Filtering) => before === rate && first + outputs * rate >= Math.max(inExtent, outExtent);
    const filtering = alone.find(fits) ?? base;
    phases.set(filtering, [...(phases.get(filtering) ?? []), first]);
  }
  return phases;
}

const tilingsOfPhases = (phases: Phases, { rate, outExtent }: WindowAxis): readonly Tiling[] =>
  [...phases].map(([filtering, firsts]) => {
    const step = filtering.outputs * rate;
    const origins = firsts.flatMap((first) =>
      Array.from({ length: Math.ceil((outExtent - first) / step) }, (_, i) => first + i * step),
    );
    return { filtering, origins };
  });

/** The ways to cut an axis into tiles, each a list of tilings that together make every output once. */
export const tilingsOf = (axis: WindowAxis): readonly (readonly Tiling[])[] =>
  [FOUR, THREE, TWO].flatMap((base) =>
    [[], [TWO_ALONE], [ONE_ALONE, TWO_ALONE]].map((alone) => tilingsOfPhases(phasesOf(axis, base, alone), axis)),
  );
