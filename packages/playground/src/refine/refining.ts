import type { LongRunningOptions } from '@atrous/core';
import type { Engine } from '../engine/engine.ts';
import type { Outcome, Refinement } from '../engine/protocol.ts';
import { createNewestValue } from '../newest-value.ts';
import { formatMilliseconds } from '../times.ts';
import { createCrfPanel } from './crf-panel.ts';
import { createLiveLimit, mostFrameMs } from './live-limit.ts';
import type { CrfSettings } from './settings.ts';

/** Drawing labels to the edges of the picture with a dense CRF. */
export interface Refining {
  /** Whether pictures are to be segmented so that they can be refined. */
  isOn(): boolean;
  /** Refines a picture that was segmented for it and shows it; from then on it follows the sliders. */
  refine(outcome: Outcome, options: LongRunningOptions): Promise<void>;
  /** Refines frames of a webcam, as long as that is fast enough. */
  startFrames(): Frames;
  /** The picture gives way to another. */
  forget(): void;
}

/** What becomes of the frames of a webcam. */
export interface Frames {
  /** Whether frames are to be segmented so that they can be refined. */
  areRefined(): boolean;
  refine(outcome: Outcome, options: LongRunningOptions): Promise<Outcome>;
}

/** What refining needs of the page. */
export interface RefiningOptions {
  readonly engine: Engine;
  readonly show: (outcome: Outcome) => void;
  /** The picture on the page was segmented before anybody wanted it refined. */
  readonly onMissing: () => void;
  /** Hears of nothing when another attempt begins. */
  readonly onError: (error?: unknown) => void;
}

const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A picture before and after. */
interface Compared {
  readonly before: Outcome;
  readonly after?: Outcome | undefined;
}

/** Connects the panel with the worker. While a slider moves, the newest setting waits for the one that is computed. */
export function createRefining({ engine, show, onMissing, onError }: RefiningOptions): Refining {
  let compared: Compared | undefined;
  let limit = createLiveLimit();

  const ask = async (before: Outcome, settings: CrfSettings, options: LongRunningOptions): Promise<Outcome> => {
    const refinement = await engine.ask('refine', { settings }, options);
    panel.note(describe(refinement, before));
    return afterwards(before, refinement);
  };
  const showCompared = () => {
    if (!compared) return;
    const { before, after } = compared;
    show(after && panel.isOn() && !panel.showsBefore() ? after : before);
  };
  const refine = async (before: Outcome, settings: CrfSettings, options: LongRunningOptions) => {
    const after = await ask(before, settings, options);
    options.signal?.throwIfAborted();
    compared = { before, after };
    showCompared();
  };
  const follow = async (settings: CrfSettings, signal: AbortSignal) => {
    if (compared) await refine(compared.before, settings, { signal });
  };
  const newest = createNewestValue(follow, (busy) => panel.showBusy(busy), onError);
  const panel = createCrfPanel({
    onSwitch: () => {
      limit = createLiveLimit();
      if (!panel.isOn()) newest.abort();
      else if (compared) newest.put(panel.settings());
      else onMissing();
      showCompared();
    },
    onSettings: (settings) => {
      limit = createLiveLimit();
      if (compared) newest.put(settings);
    },
    onCompare: showCompared,
  });

  return {
    isOn: panel.isOn,
    refine: async (outcome, options) => {
      compared = { before: outcome };
      panel.showBusy(true);
      await refine(outcome, panel.settings(), options).finally(() => panel.showBusy(false));
    },
    startFrames: () => {
      limit = createLiveLimit();
      return {
        areRefined: () => panel.isOn() && limit.tooSlow() === undefined,
        refine: async (outcome, options) => {
          const judge = limit;
          const after = await ask(outcome, panel.settings(), options);
          judge.add(after.times.crf ?? 0);
          const slow = judge.tooSlow();
          if (slow !== undefined) panel.note(explainSlow(slow));
          return panel.showsBefore() ? outcome : after;
        },
      };
    },
    forget: () => {
      newest.abort();
      compared = undefined;
      panel.note('');
    },
  };
}

const afterwards = (before: Outcome, { labels, legend, crfMs }: Refinement): Outcome => ({
  ...before,
  ...{ labels, legend },
  times: { ...before.times, crf: crfMs },
});

function describe({ changed, workSize, bytes, detail }: Refinement, { width }: Outcome): string {
  const facts = [
    `${percent.format(changed)} of the labels changed.`,
    `${(bytes / 1e6).toFixed(0)} MB are kept for the sliders.`,
    `Computed by ${detail}.`,
  ];
  if (workSize.width < width)
    facts.push(
      `The picture is large: it is refined at ${workSize.width} × ${workSize.height} pixels, in which the sliders count.`,
    );
  return facts.join(' ');
}

const explainSlow = (milliseconds: number): string =>
  `Off for the webcam: a frame takes ${formatMilliseconds(milliseconds)} here, and only ${mostFrameMs} ms leave it alive. Fewer iterations, or a photo, may do.`;
