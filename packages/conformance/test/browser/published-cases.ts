import { readNpy, readTflite, type Checkpoint, type StoredTensor } from '@atrous/weights';
import { dataFile, pictureOnCanvas, type PublishedCase } from './published-networks.ts';

const small = 'deeplabv3-mnv2-dm05-voc-257';
const large = 'deeplabv3-mnv2-voc-npy';

/** Depth multiplier 0.5, a float `.tflite`, 257 pixels. */
const smallNetwork: PublishedCase = {
  title: 'DeepLabv3 MobileNetV2 0.5 at 257',
  preset: 'deeplabv3-mobilenetv2-dm05-voc',
  checkpoint: async () => readTflite(await dataFile(`${small}/deeplabv3_257_mv_gpu.tflite`)),
  image: () => pictureOnCanvas(`${small}/reference/2007_000129.input257.png`, 257),
  logits: `${small}/reference/2007_000129.logits33.npy`,
};

/** Depth multiplier 1, a folder of `.npy`, 513 pixels. */
const largeNetwork: PublishedCase = {
  title: 'DeepLabv3 MobileNetV2 1.0 at 513',
  preset: 'deeplabv3-mobilenetv2-voc',
  checkpoint: async (): Promise<Checkpoint> => {
    const manifest = new TextDecoder().decode(await dataFile(`${large}/manifest.json`));
    const tensors = new Map<string, StoredTensor>();
    for (const name of Object.keys(JSON.parse(manifest) as object))
      tensors.set(name, readNpy(await dataFile(`${large}/weights/${name}.npy`)));
    return { format: 'folder of npy', tensors, metadata: {} };
  },
  image: () => pictureOnCanvas('voc2012/JPEGImages/2007_000129.jpg', 513),
  logits: `${large}/reference/2007_000129.logits65.npy`,
};

/** Google's networks for PASCAL VOC with logits computed by TensorFlow Lite and PyTorch. */
export const publishedCases: readonly PublishedCase[] = [smallNetwork, largeNetwork];
