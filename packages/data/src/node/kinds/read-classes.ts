import { DataError, type LabelMap } from '@atrous/core';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { vocPalette } from '../../label-maps/voc-palette.ts';
import type { Color } from '../../rgba-image.ts';

interface ClassLine {
  readonly name: string;
  readonly color?: Color | undefined;
}

const HINT =
  'one class a line, `road` or `road 128 64 128`, in order of ids; or JSON: { "classes": ["road", { "name": "sky", "color": [1, 2, 3] }], "ignoreLabel": 255 }';

const isByte = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < 256;

const isColor = (value: unknown): value is Color => Array.isArray(value) && value.length === 3 && value.every(isByte);

/** `road`, or `road 128 64 128`. */
function classOfLine(line: string): ClassLine {
  const [, name = line, ...channels] = /^(.+?)[\s,]+(\d+)[\s,]+(\d+)[\s,]+(\d+)$/.exec(line) ?? [];
  const color = channels.map(Number);
  return { name, color: isColor(color) ? color : undefined };
}

function classOfJson(value: unknown): ClassLine | undefined {
  if (typeof value === 'string') return { name: value };
  const { name, color } = (value ?? {}) as { readonly name?: unknown; readonly color?: unknown };
  if (typeof name !== 'string' || !(color === undefined || isColor(color))) return undefined;
  return { name, color };
}

function fromJson(text: string): { readonly lines: readonly (ClassLine | undefined)[]; readonly ignoreLabel: unknown } {
  const content = JSON.parse(text) as unknown;
  const { classes, ignoreLabel = 255 } = (Array.isArray(content) ? { classes: content } : (content ?? {})) as {
    readonly classes?: unknown;
    readonly ignoreLabel?: unknown;
  };
  return { lines: Array.isArray(classes) ? classes.map(classOfJson) : [], ignoreLabel };
}

function parse(path: string, text: string): ReturnType<typeof fromJson> {
  if (extname(path).toLowerCase() !== '.json') {
    const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
    return { lines: lines.filter((line) => line !== '' && !line.startsWith('#')).map(classOfLine), ignoreLabel: 255 };
  }
  try {
    return fromJson(text);
  } catch (cause) {
    throw new DataError(`${path} is not JSON`, { code: 'DATASET_CLASSES', hint: HINT, cause });
  }
}

/**
 * Reads the classes of a data set: names with or without colours, one a line, or JSON.
 *
 * @throws DataError `DATASET_CLASSES` when the file is absent or says something else.
 */
export async function readClasses(path: string): Promise<LabelMap> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new DataError(`${path} cannot be read`, { code: 'DATASET_CLASSES', hint: HINT, cause });
  });
  const { lines, ignoreLabel } = parse(path, text.replace(/^\uFEFF/, ''));
  const palette = vocPalette(Math.max(1, lines.length));
  const classes = lines.map((line, id) => line && { id, name: line.name, color: line.color ?? palette[id]! });
  if (classes.length === 0 || !classes.every((one) => one !== undefined))
    throw new DataError(`${path} names no classes, or one of them is not a class`, {
      code: 'DATASET_CLASSES',
      hint: HINT,
    });
  if (!(ignoreLabel === null || (Number.isInteger(ignoreLabel) && (ignoreLabel as number) >= 0)))
    throw new DataError(`${path}: ignoreLabel is not a whole number`, { code: 'DATASET_CLASSES', hint: HINT });
  return { name: basename(path, extname(path)), classes, ignoreLabel: (ignoreLabel as number | null) ?? undefined };
}
