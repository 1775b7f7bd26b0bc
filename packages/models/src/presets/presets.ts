import { googlePresets } from './google.ts';
import { portPresets } from './ports.ts';
import type { Preset } from './preset.ts';
import { resnetPresets } from './resnet-ports.ts';
import { torchvisionPresets } from './torchvision.ts';

/** Networks whose weights others have published. */
export const presets: readonly Preset[] = [...googlePresets, ...portPresets, ...resnetPresets, ...torchvisionPresets];
