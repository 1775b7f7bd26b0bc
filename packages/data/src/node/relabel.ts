import { DataError, type LabelMap } from '@atrous/core';
import type { Dataset } from '../dataset.ts';
import { remapMask } from '../mask/remap-mask.ts';

/** Ids of other labels by id: of the classes with the same names, or of the same places where as many have other names. */
function idsIn(from: LabelMap, to: LabelMap): readonly number[] {
  const byName = from.classes.map(({ name }) => to.classes.findIndex((other) => other.name === name));
  if (byName.every((id) => id >= 0)) return byName;
  if (from.classes.length === to.classes.length) return from.classes.map(({ id }) => id);
  throw new DataError(
    `the labels "${to.name}" have ${to.classes.length} classes, the data set has the ${from.classes.length} of "${from.name}"`,
    { code: 'DATASET_CLASSES', hint: 'choose data and network of the same classes' },
  );
}

/**
 * A data set in other labels, for example those of a network: the same classes in another order, or with another ignore label.
 *
 * @throws DataError `DATASET_CLASSES` when they have other classes; opening a sample throws it when pixels do not count in the data set, but
 * all do in `labels`.
 */
export function relabel(dataset: Dataset, to: LabelMap): Dataset {
  const { labels: from, samples } = dataset;
  const ids = idsIn(from, to);
  const { ignoreLabel } = from;
  const isSame =
    ids.every((id, index) => id === index) && (ignoreLabel === to.ignoreLabel || ignoreLabel === undefined);
  if (isSame) return { ...dataset, labels: to };
  const table = new Array<number>(256).fill(-1);
  for (const [id, other] of ids.entries()) table[id] = other;
  if (ignoreLabel !== undefined) table[ignoreLabel] = to.ignoreLabel ?? -1;
  return {
    ...dataset,
    labels: to,
    samples: samples.map((sample) => ({
      ...sample,
      async open(options) {
        const { image, mask } = await sample.open(options);
        return { image, mask: remapMask(mask, table) };
      },
    })),
  };
}
