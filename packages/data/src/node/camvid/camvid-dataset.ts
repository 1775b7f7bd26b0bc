import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileDataset } from '../files/file-dataset.ts';
import { camvid } from '../../label-maps/camvid.ts';
import { vocDataset } from '../voc/voc-dataset.ts';

/** Options of {@link camvidDataset}. */
export interface CamvidDatasetOptions {
  /** `train`, `val` or `test`. */
  readonly split: string;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Lists CamVid as SegNet's authors lay it out, 480×360 in 11 classes: `train` beside `trainannot`, and the list `train.txt` where there
 * is one.
 *
 * @param folder that holds `train`, `val` and `test`.
 * @throws DataError as `vocDataset`.
 */
export async function camvidDataset(folder: string, { split }: CamvidDatasetOptions): Promise<FileDataset> {
  const listed = (await exists(join(folder, `${split}.txt`))) ? split : undefined;
  return vocDataset(folder, { split: listed, images: split, masks: `${split}annot`, labels: camvid });
}
