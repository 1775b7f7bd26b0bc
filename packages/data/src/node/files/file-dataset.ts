import type { Dataset, DatasetSample } from '../../dataset.ts';

/** A sample of a data set in files. */
export interface FileSample extends DatasetSample {
  /** Path of the picture. */
  readonly image: string;
  /** Path of the mask. */
  readonly mask: string;
}

/** A data set in files. */
export interface FileDataset extends Dataset {
  readonly samples: readonly FileSample[];
  /** Paths of pictures that have no mask, where they could be looked for. */
  readonly unpaired?: readonly string[] | undefined;
}
