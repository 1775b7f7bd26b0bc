// @ts-check
// The main job in one command: a checkpoint and a photo in, an overlay out.
import { spawnSync } from 'node:child_process';
import { basename, extname, join } from 'node:path';

const [checkpoint, photo] = process.argv.slice(2);
if (checkpoint === undefined || photo === undefined) {
  console.error(`usage: npm run demo -- CHECKPOINT PHOTO

The network is recognised by its tensors. A small one to begin with, 2.8 MB:
  https://storage.googleapis.com/download.tensorflow.org/models/tflite/gpu/deeplabv3_257_mv_gpu.tflite
Once built, node packages/cli/bin/atrous.js models lists the others and where they are published.`);
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
