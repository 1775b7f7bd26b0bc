// @ts-check
// The main job in one command: a checkpoint and a photo in, an overlay out.
import { spawnSync } from 'node:child_process';
import { basename, extname, join } from 'node:path';

const [checkpoint, photo] = process.argv.slice(2);
if (checkpoint === undefined || photo === undefined) {
  console.error(`usage: npm run demo -- CHECKPOINT PHOTO

Checkpoints that work as published:
  google/deeplabv3_mobilenet_v2_1.0_513 on Hugging Face   (model.safetensors)
  deeplabv3_257_mv_gpu.tflite of TensorFlow Lite's GPU samples
A folder of .npy files, .npz and safetensors of the PyTorch ports work too: npx atrous models lists the known ones.`);
  process.exit(2);
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

run('npx', ['nx', 'run', '@atrous/cli:build', '--outputStyle=static']);
const out = join('out', `${basename(photo, extname(photo))}.overlay.png`);
run('node', ['packages/cli/bin/atrous.js', 'segment', photo, '--checkpoint', checkpoint, '--out', out]);
