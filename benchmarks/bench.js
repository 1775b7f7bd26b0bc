#!/usr/bin/env node
// @ts-check
// Networks and their parts on the runtimes of Atrous and on others, in turns; and what came of it, as files.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { USUAL_SECONDS } from './measure.js';
import { CURVES } from './plan.js';
import { WHATS, namesOf } from './problems/index.js';
import { runInChromium } from './browser/drive.js';
import { runInNode } from './process/run.js';
import { readReport, writeReport, writeTargets } from './files.js';
import { toComparison } from './report/comparison.js';

const USAGE = `usage: npm run bench -- [options]

  --what A,B          of ${WHATS.join(', ')}, training; default networks,kernels
  --where PLACE       node, or chromium: headless, or the one that ATROUS_CHROMIUM names; default node
  --problems A,B      only those, by name or a part of it:
                      ${namesOf('networks').join(', ')}, ${namesOf('kernels').join(', ')}
  --contenders A,B    only those, by name or a part of it
  --threads 1,2       threads of those that can have several; default 1, and for all but kernels as many as there are cores
  --rounds N          turns of each at most; default 5
  --seconds N         of each contender for a problem, after which it has no more turns than three; default ${USUAL_SECONDS}
  --sizes N,M         of the sides of the networks' image, instead of each network's own
  --curve A,B         of ${CURVES.join(', ')}; or all: how the time of a network, or of the CRF, grows
  --software-gpu      also times GPUs that are computed in software, which takes minutes
  --pydensecrf PATH   a checkout of pydensecrf, to be timed with --what crf
  --out PATH          PATH.json, PATH.md and PATH.html, curves as PATH-side.json and so on; default benchmarks/results/PLACE
  --compare A,B       times nothing: how two files of results differ, the second to the first
  --targets A,B       times nothing: results/targets.md from these files of results`;

const { values } = parseArgs({
  options: {
    what: { type: 'string', default: 'networks,kernels' },
    where: { type: 'string', default: 'node' },
    problems: { type: 'string' },
    contenders: { type: 'string' },
    threads: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: String(USUAL_SECONDS) },
    sizes: { type: 'string' },
    curve: { type: 'string' },
    'software-gpu': { type: 'boolean', default: false },
    pydensecrf: { type: 'string' },
    out: { type: 'string' },
    compare: { type: 'string' },
    targets: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const list = (/** @type {string | undefined} */ text) =>
  text
    ?.split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** @param {'threads' | 'sizes' | 'rounds' | 'seconds'} option @returns {number[] | undefined} */
const numbers = (option) =>
  list(values[option])?.map((text) => {
    if (!(Number(text) > 0)) throw new Error(`--${option}: "${text}" is no number above 0`);
    return Number(text);
  });

/** On terminals, what is going on takes one line; elsewhere only results are told. @type {import('./run-steps.js').Progress} */
function onProgress(text, _, isResult) {
  const { isTTY } = process.stderr;
  if (isTTY) process.stderr.write(`\r\x1b[K${text}${isResult ? '\n' : ''}`);
  else if (isResult) console.error(text);
}

const stop = new AbortController();
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.once(name, () => {
    process.exitCode = 128 + constants.signals[name];
    stop.abort(new Error('stopped; what was finished is kept'));
  });

/** @param {string} path of the files, without an ending */
async function timeTraining(path) {
  const script = fileURLToPath(new URL('training/training-step.js', import.meta.url));
  const flags = values.out === undefined ? [] : ['--out', `${path}-training`];
  const child = spawn(process.execPath, [script, ...flags], { stdio: 'inherit', signal: stop.signal });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('the training steps could not be timed');
}

/** @param {import('./plan.js').Wish} wish @param {string} path of the files, without an ending */
async function time(wish, path) {
  const [[rounds = 1] = [], [seconds = USUAL_SECONDS] = []] = [numbers('rounds'), numbers('seconds')];
  await (values.where === 'node' ? runInNode : runInChromium)(wish, {
    ...{ rounds, seconds, software: values['software-gpu'] },
    ...(values.pydensecrf !== undefined && { pydensecrf: values.pydensecrf }),
    ...{ onProgress, signal: stop.signal },
    onReport: (/** @type {import('./report/report.js').Report} */ report) => writeReport(report, path),
  });
  console.log(readFileSync(`${path}.md`, 'utf8'));
}

async function run() {
  const { where } = values;
  if (where !== 'node' && where !== 'chromium') throw new Error(`"${where}" is neither node nor chromium`);
  const path = values.out ?? fileURLToPath(new URL(`results/${where}`, import.meta.url));
  const wanted = list(values.what) ?? [];
  if (wanted.includes('training')) await timeTraining(path);
  const what = /** @type {import('./problems/index.js').What[]} */ (wanted.filter((one) => one !== 'training'));
  const [problems, contenders] = [list(values.problems), list(values.contenders)];
  const [threads, sizes] = [numbers('threads'), numbers('sizes')];
  const wish = {
    ...{ what, ...(problems && { problems }), ...(contenders && { contenders }) },
    ...{ ...(threads && { threads }), ...(sizes && { sizes }) },
  };
  const curves = values.curve === 'all' ? CURVES : list(values.curve);
  for (const curve of /** @type {readonly import('./plan.js').Curve[]} */ (curves ?? []))
    await time({ ...wish, curve }, `${path}-${curve}`);
  if (curves === undefined && what.length > 0) await time(wish, path);
}

try {
  const [before = '', after = ''] = list(values.compare) ?? [];
  if (values.help) console.log(USAGE);
  else if (after) console.log(toComparison(readReport(before), readReport(after)));
  else if (values.targets !== undefined) console.log(writeTargets((list(values.targets) ?? []).map(readReport)));
  else await run();
} catch (error) {
  // what is stopped midway may fail in many ways
  const cause = stop.signal.aborted ? stop.signal.reason : error;
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode ??= 1;
}
