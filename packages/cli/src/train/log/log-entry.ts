/** The first line of each part of a run: a start or a resumption. */
export interface StartEntry {
  readonly event: 'start';
  /** Steps done before. */
  readonly step: number;
  /** Steps in all. */
  readonly steps: number;
  /** ISO 8601. */
  readonly time: string;
  readonly backend: string;
}

/** One update of the weights. */
export interface StepEntry {
  readonly event: 'step';
  /** Counted from 1: steps done. */
  readonly step: number;
  readonly loss: number;
  readonly learningRate: number;
  /** Of this step, data included. */
  readonly seconds: number;
}

/** Scores on the validation samples. Shares 0 … 1; `null` where there is nothing to score. */
export interface EvaluationEntry {
  readonly event: 'evaluation';
  readonly step: number;
  /** Over the classes in truth or prediction. */
  readonly meanIou: number | null;
  readonly pixelAccuracy: number | null;
  /** By class name. */
  readonly iou: Readonly<Record<string, number | null>>;
  readonly images: number;
  readonly seconds: number;
}

/** Why and where the run ended. */
export interface EndEntry {
  readonly event: 'end';
  readonly step: number;
  readonly reason: 'done' | 'interrupted' | 'failed';
}

/** One line of `log.jsonl`. */
export type LogEntry = StartEntry | StepEntry | EvaluationEntry | EndEntry;

/** The entries of one kind. */
export const entriesOf = <Event extends LogEntry['event']>(
  entries: readonly LogEntry[],
  event: Event,
): readonly Extract<LogEntry, { readonly event: Event }>[] =>
  entries.filter((entry): entry is Extract<LogEntry, { readonly event: Event }> => entry.event === event);
