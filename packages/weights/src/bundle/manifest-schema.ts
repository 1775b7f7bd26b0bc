import { cornerRules, WeightsError, type Json } from '@atrous/core';
import * as v from 'valibot';
import type { BundleManifest } from './bundle.ts';

const whole = (from: number, to: number) => v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to));

function preprocessingSchema() {
  const side = whole(1, 65_535);
  const size = v.tuple([side, side]);
  const finite = v.pipe(v.number(), v.finite());
  const divisor = v.pipe(finite, v.notValue(0));
  const triple = v.tuple([finite, finite, finite]);
  return v.object({
    channelOrder: v.picklist(['rgb', 'bgr']),
    mean: triple,
    std: v.tuple([divisor, divisor, divisor]),
    fit: v.variant('mode', [
      v.object({ mode: v.literal('pad'), size, value: finite }),
      v.object({ mode: v.literal('stretch'), size }),
      v.object({
        mode: v.literal('multiple'),
        of: side,
        plus: v.picklist([0, 1]),
        maxSide: v.optional(side),
      }),
    ]),
    border: v.optional(whole(0, 65_535)),
    upsample: v.picklist(cornerRules),
    enlarge: v.picklist(['bilinear', 'nearest']),
  });
}

/** The schema is made on the first read, so that importing the package costs nothing. */
function manifestSchema() {
  const channel = whole(0, 255);
  return v.object({
    format: v.literal('atrous-bundle'),
    version: v.literal(1),
    name: v.string(),
    description: v.optional(v.string()),
    model: v.optional(v.object({ name: v.string(), config: v.custom<Json>((value) => value !== undefined) })),
    graph: v.custom<Json>((value) => typeof value === 'object' && value !== null),
    labels: v.object({
      name: v.string(),
      classes: v.array(
        v.object({ id: whole(0, 65_535), name: v.string(), color: v.tuple([channel, channel, channel]) }),
      ),
      ignoreLabel: v.optional(whole(0, 65_535)),
    }),
    preprocessing: preprocessingSchema(),
    weights: v.object({
      // A bare name: a bundle must not make its reader open files elsewhere.
      file: v.pipe(
        v.string(),
        v.regex(/^[\w-][\w.-]*$/, 'Invalid file name: expected the bare name of a file beside model.json'),
      ),
      bytes: whole(0, Number.MAX_SAFE_INTEGER),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'Invalid hash: expected 64 lower-case hexadecimal digits')),
    }),
    provenance: v.record(v.string(), v.string()),
  });
}

const hint = 'write it with `createBundle` and `writeBundle`';

/**
 * Checks the content of a `model.json`.
 *
 * @param where its address or path, for messages.
 * @throws WeightsError (`BUNDLE_MANIFEST`) naming the field that is wrong, what it is and what was expected.
 */
export function parseManifest(text: string, where: string): BundleManifest {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    const html = /^\s*<(!doctype|html)/i.test(text);
    throw new WeightsError(`${where} is ${html ? 'a web page' : 'not JSON'}, expected the model.json of a bundle`, {
      code: 'BUNDLE_MANIFEST',
      hint: html ? 'check the address: servers answer with a page when a file is missing' : hint,
      cause,
    });
  }
  const result = v.safeParse(manifestSchema(), content);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  throw new WeightsError(`${where} is not the model.json of a bundle: ${field ? `${field}: ` : ''}${issue.message}`, {
    code: 'BUNDLE_MANIFEST',
    hint,
  });
}

/**
 * Checks what a bundle is to do with images, which may come from a file that a person wrote.
 *
 * @throws WeightsError (`BUNDLE_PREPROCESSING`) naming the field that is wrong, what it is and what was expected.
 */
export function checkPreprocessing(preprocessing: unknown): void {
  const result = v.safeParse(preprocessingSchema(), preprocessing);
  if (result.success) return;
  const [issue] = result.issues;
  throw new WeightsError(`the preprocessing has a wrong field ${v.getDotPath(issue) ?? ''}: ${issue.message}`, {
    code: 'BUNDLE_PREPROCESSING',
    hint: 'presets of @atrous/models show how it is written',
  });
}
