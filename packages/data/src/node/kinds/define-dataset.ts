import type { LabelMap } from '@atrous/core';
import type { Dataset } from '../../dataset.ts';

/** What a kind's own option takes: any text, or a whole number of at least 0. */
export type OptionType = 'text' | 'whole';

/** What every kind of data set may be opened with. */
export interface OpenOptions {
  /** `train`, `val` …; by default everything that has labels. */
  readonly split?: string | undefined;
  /** What the labels shall mean, for example those of a network. */
  readonly labels?: LabelMap | undefined;
}

type OptionValues<Types> = {
  readonly [Name in keyof Types]?: (Types[Name] extends 'whole' ? number : string) | undefined;
};

/** A kind of data set: how its folders are laid out and what its labels mean. */
export interface DatasetKind {
  /** What stands before the colon of `camvid:DIR`. */
  readonly name: string;
  /** One line: the folders that it expects. */
  readonly description: string;
  /** Splits that it may have and that share nothing; not VOC's `trainval`, for example. */
  readonly splits: readonly string[];
  /** Folders in it of which any tells it from other kinds. */
  readonly marks: readonly string[];
  /** Whether it needs no folder. */
  readonly isMadeUp: boolean;
  /** Its own options. */
  readonly options: Readonly<Record<string, OptionType>>;
  /** @throws DataError when folders or files are missing. */
  open(folder: string, options: OpenOptions & Readonly<Record<string, unknown>>): Promise<Dataset>;
}

/** What {@link defineDataset} is given. */
export interface DatasetDefinition<Types extends Readonly<Record<string, OptionType>>> {
  readonly name: string;
  readonly description: string;
  readonly splits?: readonly string[];
  readonly marks?: readonly string[];
  readonly isMadeUp?: boolean;
  readonly options?: Types;
  open(folder: string, options: OpenOptions & OptionValues<Types>): Promise<Dataset>;
}

/** Defines a kind of data set, which `openDataset` finds by its name. */
export const defineDataset = <const Types extends Readonly<Record<string, OptionType>> = Record<never, never>>(
  definition: DatasetDefinition<Types>,
): DatasetKind => ({
  name: definition.name,
  description: definition.description,
  splits: definition.splits ?? [],
  marks: definition.marks ?? [],
  isMadeUp: definition.isMadeUp ?? false,
  options: definition.options ?? {},
  // `openDataset` has compared the values with the types.
  open: (folder, options) => definition.open(folder, options as OpenOptions & OptionValues<Types>),
});
