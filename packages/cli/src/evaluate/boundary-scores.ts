import type { LabelMap } from '@atrous/core';
import {
  boundaryF1,
  classBoundaryF1,
  createBoundaryTally,
  createTrimap,
  pixelAccuracy,
  type AbsentClasses,
  type BoundaryTally,
  type LabelPair,
  type Trimap,
} from '@atrous/metrics';
import { meanIous } from './scores.ts';

/** Which scores near the truth's borders are wanted. */
export interface BoundaryFlags {
  /** Widths of the trimap's bands, in pixels. */
  readonly trimap?: readonly number[] | undefined;
  readonly boundaryF1?: boolean | undefined;
}

/** Scores of one band of a trimap, 0 … 1; `null` where there is nothing to score. */
export interface BandScores {
  /** In pixels on each side of a border. */
  readonly width: number;
  readonly pixels: number;
  readonly meanIou: Readonly<Record<AbsentClasses, number | null>>;
  readonly pixelAccuracy: number | null;
}

/** Whether contours lie where they should, 0 … 1. */
export interface ContourScores {
  /** How far apart contours may be, as a share of the diagonal. */
  readonly tolerance: number;
  readonly mean: number | null;
  readonly classes: readonly {
    readonly id: number;
    readonly name: string;
    readonly f1: number | null;
    /** With a contour of the class in truth or prediction. */
    readonly images: number;
  }[];
}

/** Scores near the truth's borders: those that were wanted. */
export interface BoundaryScores {
  /** Narrowest band first. */
  readonly trimap?: readonly BandScores[];
  /** The same bands without the CRF, when there was one. */
  readonly trimapWithoutCrf?: readonly BandScores[];
  readonly boundaryF1?: ContourScores;
}

const bandScores = (trimap: Trimap): readonly BandScores[] =>
  trimap.bands().map(({ width, matrix }) => ({
    width,
    pixels: matrix.counts.reduce((sum, count) => sum + count, 0),
    meanIou: meanIous(matrix),
    pixelAccuracy: pixelAccuracy(matrix),
  }));

function contourScores(tally: BoundaryTally, { classes }: LabelMap): ContourScores {
  const f1 = classBoundaryF1(tally);
  return {
    tolerance: tally.tolerance,
    mean: boundaryF1(tally),
    classes: classes.map(({ id, name }) => ({
      id,
      name,
      f1: f1[id] ?? null,
      images: tally.classes[id]?.images ?? 0,
    })),
  };
}

/** Counts pictures one by one, and scores them all together. */
export interface BoundaryCounts {
  add(pair: LabelPair): void;
  scores(): BoundaryScores;
}

/** Counts of nothing yet, for the scores that flags name. */
export function createBoundaryCounts(labels: LabelMap, flags: BoundaryFlags): BoundaryCounts {
  const { classes, ignoreLabel } = labels;
  const widths = flags.trimap;
  const trimap = widths && createTrimap(classes.length, { widths, ignoreLabel });
  const tally = flags.boundaryF1 === true ? createBoundaryTally(classes.length, { ignoreLabel }) : undefined;
  return {
    add(pair) {
      trimap?.add(pair);
      tally?.add(pair);
    },
    scores: () => ({
      ...(trimap && { trimap: bandScores(trimap) }),
      ...(tally && { boundaryF1: contourScores(tally, labels) }),
    }),
  };
}
