import { xceptionLayer, type XceptionLayer } from './own-names.ts';

/** Blocks of entry and middle flow, by network. The first exit block follows. */
const FLOWS = [
  { network: 'xception_41', entry: 3, middle: 8 },
  { network: 'xception_65', entry: 3, middle: 16 },
  { network: 'xception_71', entry: 5, middle: 16 },
] as const;

type Flow = (typeof FLOWS)[number];

/** Scope of a block, counted from 1 through all flows; none where the network has fewer. */
function unitScope({ network, entry, middle }: Flow, block: number): string | undefined {
  if (block <= entry) return `${network}/entry_flow/block${block}/unit_1`;
  if (block <= entry + middle) return `${network}/middle_flow/block1/unit_${block - entry}`;
  return block === entry + middle + 1 ? `${network}/exit_flow/block1/unit_1` : undefined;
}

function scopeIn(flow: Flow, found: XceptionLayer): string | undefined {
  if (found.kind === 'stem') return `${flow.network}/entry_flow/conv1_${found.index}`;
  // The separable convolutions after the last block are the second exit block.
  const unit = found.kind === 'exit' ? `${flow.network}/exit_flow/block2/unit_1` : unitScope(flow, found.block);
  if (unit === undefined) return undefined;
  const part = found.kind === 'skip' ? 'shortcut' : `separable_conv${found.index}_${found.part}`;
  return `${unit}/xception_module/${part}`;
}

/** Scopes of a layer of Xception in Google's networks of 41, 65 and 71 layers. */
export function googleXception(layer: string): readonly string[] {
  const found = xceptionLayer(layer);
  if (found === undefined) return [];
  return FLOWS.map((flow) => scopeIn(flow, found)).filter((scope) => scope !== undefined);
}
