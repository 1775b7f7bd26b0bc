import { defineFamily, type OpGolden } from '../op-family.ts';

interface PixelShuffleGolden extends OpGolden {
  readonly order: string;
  readonly r: number;
}

export const pixelShuffle = defineFamily<PixelShuffleGolden>(({ order, r }, tensors) => {
  if (order !== 'CRR' && order !== 'RRC') return { skip: `no pixel shuffle in the order "${order}"` };
  return {
    build: (b, x) => b.depthToSpace(x, { blockSize: r, order: order === 'CRR' ? 'crr' : 'rrc' }),
    input: tensors.get('x'),
    expected: tensors.get('y'),
  };
});
