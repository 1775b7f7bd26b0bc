#!/usr/bin/env node
// @ts-check
// Networks and their parts on the runtimes of Atrous and on others, in turns; and what came of it, as files.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
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
  --threads 1,2       threads of those that can have several; default 1 and as many as there are cores
  --rounds N          turns of each at most, fewer where they take long; default 5
  --sizes N,M         of the sides of the networks' image, instead of each network's own
  --curve OVER        ${CURVES.join(', ')}: how the time of a network, or of the CRF, grows
  --software-gpu      also times GPUs that are computed in software, which takes minutes
  --pydensecrf PATH   a checkout of pydensecrf, to be timed with --what crf
  --out PATH          PATH.json, PATH.md and PATH.html; default benchmarks/results/PLACE
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
const numbers = (/** @type {string | undefined} */ text) => list(text)?.map(Number);

/** On terminals, what is going on takes one line; elsewhere only results are told. @type {import('./run-steps.js').Progress} */
function onProgress(text, _, isResult) {
  const { isTTY } = process.stderr;
  if (isTTY) process.stderr.write(`\r\x1b[K${text}${isResult ? '\n' : ''}`);
  else if (isResult) console.error(text);
}

async function run() {
  const wanted = list(values.what) ?? [];
  if (wanted.includes('training')) {
    const script = fileURLToPath(new URL('training/training-step.js', import.meta.url));
    const flags = values.out === undefined ? [] : ['--out', `${values.out}-training`];
    const { status } = spawnSync(process.execPath, [script, ...flags], { stdio: 'inherit' });
    if (status !== 0) throw new Error('the training steps could not be timed');
  }
  const what = wanted.filter((one) => one !== 'training');
  if (what.length === 0) return;
  const { curve, contenders, problems, where } = values;
  const [sizes, threads = [...new Set([1, cpus().length])]] = [numbers(values.sizes), numbers(values.threads)];
  const wish = {
    ...{ what: /** @type {import('./problems/index.js').What[]} */ (what), threads },
    ...(problems !== undefined && { problems: list(problems) ?? [] }),
    ...(contenders !== undefined && { contenders: list(contenders) ?? [] }),
    ...(sizes !== undefined && { sizes }),
    ...(curve !== undefined && { curve: /** @type {import('./plan.js').Curve} */ (curve) }),
  };
  const out =
    values.out ?? fileURLToPath(new URL(`results/${[where, curve].filter(Boolean).join('-')}`, import.meta.url));
  const options = {
    ...{ rounds: Number(values.rounds), software: values['software-gpu'] },
    ...(values.pydensecrf !== undefined && { pydensecrf: values.pydensecrf }),
    onProgress,
    onReport: (/** @type {import('./report/report.js').Report} */ report) => writeReport(report, out),
  };
  if (where !== 'node' && where !== 'chromium') throw new Error(`"${where}" is neither node nor chromium`);
  await (where === 'node' ? runInNode : runInChromium)(wish, options);
  console.log(readFileSync(`${out}.md`, 'utf8'));
}

try {
  const [before = '', after = ''] = list(values.compare) ?? [];
  if (values.help) console.log(USAGE);
  else if (after) console.log(toComparison(readReport(before), readReport(after)));
  else if (values.targets !== undefined) console.log(writeTargets((list(values.targets) ?? []).map(readReport)));
  else await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
