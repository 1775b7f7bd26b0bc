import { DataError, type LabelMap } from '@atrous/core';
import { genericLabels, labelMaps } from '@atrous/data';
import type { Context } from '../context.ts';
import { unknownName, UsageError } from '../errors.ts';
import { readJson } from '../files/read-json.ts';

const isLabelMap = (value: unknown): value is LabelMap => {
  const { name, classes } = (value ?? {}) as Partial<LabelMap>;
  return typeof name === 'string' && Array.isArray(classes);
};

async function readLabels(path: string): Promise<LabelMap> {
  const content = await readJson(path);
  if (isLabelMap(content)) return content;
  throw new DataError(`${path} is no label map`, {
    code: 'LABELS',
    hint: 'it looks like { "name": "mine", "classes": [{ "id": 0, "name": "background", "color": [0, 0, 0] }] }',
  });
}

/**
 * The label map of a name.
 *
 * @throws UsageError that lists the known ones.
 */
export function findLabels(name: string): LabelMap {
  const found = labelMaps.find((map) => map.name === name);
  if (found === undefined)
    throw unknownName('label map', name, [...labelMaps.map((map) => map.name), 'a path to a .json']);
  return found;
}

/**
 * The label map of a `--labels` flag: a name, or the path of a JSON file.
 *
 * @throws UsageError when no label map has that name.
 * @throws DataError when the file is none.
 */
export const openLabels = (context: Context, typed: string): Promise<LabelMap> | LabelMap =>
  typed.endsWith('.json') ? readLabels(context.path(typed)) : findLabels(typed);

/**
 * The label map that belongs to logits of `channels` channels: the suggested one if it has as many classes, else `class 0`, `class 1`, ….
 *
 * @throws UsageError when `asked` for by the person and of another size.
 */
export function fitLabels(labels: LabelMap, channels: number, asked: boolean): LabelMap {
  if (labels.classes.length === channels) return labels;
  if (asked)
    throw new UsageError(
      `the label map "${labels.name}" has ${labels.classes.length} classes, the network has ${channels}`,
      'choose the labels it was trained with, or leave --labels away to number the classes',
    );
  return genericLabels(channels);
}
