import { streetDataset } from '../../street/street-dataset.ts';
import { defineDataset } from './define-dataset.ts';

/** Made-up streets. */
export const street = /* @__PURE__ */ defineDataset({
  name: 'street',
  description: 'made-up streets, no folder; count: 1000, seed: 1, width: 320, height: 240',
  isMadeUp: true,
  options: { seed: 'whole', count: 'whole', width: 'whole', height: 'whole' },
  open: async (_, { seed = 1, count = 1000, width, height }) => streetDataset({ seed, count, width, height }),
});
