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
import { runInNode } from './process/run.js';
import { readReport, writeReport, writeTargets } from './files.js';
import { toComparison } from './report/comparison.js';

const USAGE = `usage: npm run bench -- [options]

  --what A,B          of ${WHATS.join(', ')}, training; default networks,kernels
  --problems TEXT     only those whose name has this in it, of which there may be several with commas:
                      ${namesOf('networks').join(', ')}, ${namesOf('kernels').join(', ')}
  --contenders TEXT   the same for contenders
  --threads 1,2       threads of those that can have several; default 1 and as many as there are cores
  --rounds N          turns of each at most, fewer where they take long; default 7
  --sizes N,M         of the sides of the networks' image, instead of each network's own
  --curve OVER        ${CURVES.join(', ')}: how the time of a network, or of the CRF, grows
  --software-gpu      also times GPUs that are computed in software, which takes minutes
  --pydensecrf PATH   a checkout of pydensecrf, to be timed with --what crf
  --out PATH          PATH.json, PATH.md and PATH.html; default benchmarks/results/node
  --compare A,B       times nothing: how two files of results differ, the second to the first
  --targets A,B       times nothing: results/targets.md from these files of results`;

const { values } = parseArgs({
  options: {
    what: { type: 'string', default: 'networks,kernels' },
    problems: { type: 'string' },
    contenders: { type: 'string' },
    threads: { type: 'string' },
    rounds: { type: 'string', default: '7' },
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

const list = (/** @type {string | undefined} */ text) => text?.split(',').filter(Boolean);
const numbers = (/** @type {string | undefined} */ text) => list(text)?.map(Number);

async function run() {
  const wanted = list(values.what) ?? [];
  if (wanted.includes('training')) {
    const script = fileURLToPath(new URL('training/training-step.js', import.meta.url));
    spawnSync(process.execPath, [script], { stdio: 'inherit' });
  }
  const what = wanted.filter((one) => one !== 'training');
  if (what.length === 0) return;
  const { curve, contenders, problems } = values;
  const [sizes, threads = [...new Set([1, cpus().length])]] = [numbers(values.sizes), numbers(values.threads)];
  const wish = {
    ...{ what: /** @type {import('./problems/index.js').What[]} */ (what), threads },
    ...(problems !== undefined && { problems: list(problems) ?? [] }),
    ...(contenders !== undefined && { contenders: list(contenders) ?? [] }),
    ...(sizes !== undefined && { sizes }),
    ...(curve !== undefined && { curve: /** @type {import('./plan.js').Curve} */ (curve) }),
  };
  const out =
    values.out ?? fileURLToPath(new URL(`results/${['node', curve].filter(Boolean).join('-')}`, import.meta.url));
  const options = {
    ...{ rounds: Number(values.rounds), software: values['software-gpu'] },
    ...(values.pydensecrf !== undefined && { pydensecrf: values.pydensecrf }),
    onProgress: (/** @type {string} */ text) => console.error(text),
    onReport: (/** @type {import('./report/report.js').Report} */ report) => writeReport(report, out),
  };
  await runInNode(wish, options);
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
