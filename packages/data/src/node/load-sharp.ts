import { UnsupportedError } from '@atrous/core';
import type sharp from 'sharp';

/** The `sharp` module, loaded when the first picture is decoded. */
export type Sharp = typeof sharp;

/** @throws UnsupportedError `SHARP_MISSING` when the optional package is not installed or has no binary for this machine. */
export async function loadSharp(): Promise<Sharp> {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new UnsupportedError('decoding images in Node needs the package sharp, which cannot be loaded', {
      code: 'SHARP_MISSING',
      hint: 'npm install sharp',
      cause,
    });
  }
}
