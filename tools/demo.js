// @ts-check
// The main job in one command: a made-up street and the network that comes along, or a checkpoint and a photo in; an overlay out.
import { spawnSync } from 'node:child_process';
import { basename, extname, join } from 'node:path';

const [checkpoint, photo] = process.argv.slice(2);
if (checkpoint !== undefined && photo === undefined) {
  console.error(`usage: npm run demo [-- CHECKPOINT PHOTO]

Alone it segments a made-up street with the network that comes along. With a checkpoint, the network is recognised by its tensors.
A small one to begin with, 2.8 MB:
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
const atrous = 'packages/cli/bin/atrous.js';
if (checkpoint === undefined || photo === undefined) run('node', [atrous, 'demo']);
else {
  const out = join('out', `${basename(photo, extname(photo))}.overlay.png`);
  run('node', [atrous, 'segment', photo, '--checkpoint', checkpoint, '--out', out]);
}
