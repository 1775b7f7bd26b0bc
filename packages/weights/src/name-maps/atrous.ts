import type { NameMap } from '../name-map.ts';

/** Weights saved by this toolkit: every parameter under its own name. */
export const atrous: NameMap = {
  name: 'atrous',
  description: 'Weights saved by Atrous, under their own names',
  layout: 'hwio',
  sourcesOf: (param) => [param.name],
};
