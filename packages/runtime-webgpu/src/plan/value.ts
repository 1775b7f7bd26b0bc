import { sizeOf } from '@atrous/core';

/** Bytes on the device that some steps of a plan need. Which buffer they are in is decided once every step is known. */
export interface Room {
  readonly bytes: number;
}

export type MapShape = readonly [n: number, h: number, w: number, c: number];

/** A map `[n, h, w, c]`, four channels side by side: a block. Numbers beyond the channels may be anything finite. */
export interface MapValue {
  readonly type: 'map';
  readonly shape: MapShape;
  readonly room: Room;
  /** Blocks before the first pixel's: a map can be some channels of a larger one. */
  readonly first: number;
  /** Blocks from one pixel to the next. */
  readonly pitch: number;
}

/** Class ids `[n, h, w, 1]`, four or one in 32 bits. */
export interface LabelsValue {
  readonly type: 'labels';
  readonly shape: MapShape;
  readonly room: Room;
  readonly idsPerWord: 4 | 1;
}

/** What a node computes. */
export type Value = MapValue | LabelsValue;

/** Channels of a block. */
export const BLOCK = 4;

/** Ids of more classes do not fit a byte. */
const CLASSES_OF_A_BYTE = 256;

/** Blocks that so many channels take. */
export const blocksOf = (channels: number): number => Math.ceil(channels / BLOCK);

/** Pixels of all images. */
export const pixelsOf = ({ shape: [n, h, w] }: Value): number => n * h * w;

/** A map in a room of its own. @param blockBytes of four numbers. */
export function mapOf(shape: MapShape, blockBytes: number): MapValue {
  const [n, h, w, c] = shape;
  const pitch = blocksOf(c);
  return { type: 'map', shape, room: { bytes: n * h * w * pitch * blockBytes }, first: 0, pitch };
}

/** Ids of one of so many classes. */
export function labelsOf(shape: MapShape, classes: number): LabelsValue {
  const idsPerWord = classes <= CLASSES_OF_A_BYTE ? 4 : 1;
  return { type: 'labels', shape, room: { bytes: 4 * Math.ceil(sizeOf(shape) / idsPerWord) }, idsPerWord };
}
