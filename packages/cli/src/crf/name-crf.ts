import { crfPresets } from '@atrous/crf';
import type { SegmentCrfOptions } from '@atrous/segmenter';

/** A CRF in words: its preset, and what it has other than that. */
export function nameCrf({ preset = 'deeplab-v2', ...settings }: SegmentCrfOptions): string {
  const usual: Readonly<Record<string, unknown>> = crfPresets[preset];
  const replaced = Object.entries(settings).filter(([name, value]) => value !== usual[name]);
  const list = replaced.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ');
  return `the CRF ${preset}${list === '' ? '' : ` with ${list}`}`;
}
