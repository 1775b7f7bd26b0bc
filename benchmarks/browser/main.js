// @ts-check
import { contendersOf } from '../contenders/list.js';
import { namesOf, WHATS, taskOf } from '../problems/index.js';
import { toReportHtml } from '../report/page.js';
import { titleOf } from '../report/report.js';
import { runInPage } from './run.js';

/** @typedef {import('../report/report.js').Report} Report */

/** @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T} */
function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} "${id}"`);
  return found;
}

const [start, stop, download] = ['start', 'stop', 'download'].map((id) => element(id, HTMLButtonElement));
const rounds = element('rounds', HTMLInputElement);
const software = element('software', HTMLInputElement);
const progress = element('progress', HTMLProgressElement);
const status = element('status', HTMLOutputElement);
const threads = crossOriginIsolated ? [...new Set([1, navigator.hardwareConcurrency])] : [1];

/** @param {HTMLElement} list @param {string} value @param {string} text @param {boolean} isChecked */
function addChoice(list, value, text, isChecked) {
  const label = document.createElement('label');
  const box = Object.assign(document.createElement('input'), { type: 'checkbox', value, checked: isChecked });
  label.append(box, text);
  list.append(label);
}

const chosenIn = (/** @type {string} */ id) =>
  [...document.querySelectorAll(`#${id} input:checked`)].map((box) => /** @type {HTMLInputElement} */ (box).value);

function fillForm() {
  const problems = element('problems', HTMLElement);
  for (const what of WHATS)
    for (const name of namesOf(what)) addChoice(problems, name, titleOf(taskOf(what, name)), what === 'networks');
  const contenders = element('contenders', HTMLElement);
  for (const what of /** @type {const} */ (['networks', 'crf']))
    for (const { name } of contendersOf(what, { where: 'browser', threads, hasGpu: true }).contenders)
      addChoice(contenders, name, name, true);
  element('isolation', HTMLElement).hidden = crossOriginIsolated;
}

/** @type {Report | undefined} */
let latest;
let abort = new AbortController();

/** @param {Report} report */
function show(report) {
  latest = report;
  download?.removeAttribute('disabled');
  element('report', HTMLElement).innerHTML = toReportHtml(report);
}

async function run() {
  abort = new AbortController();
  start?.setAttribute('disabled', '');
  stop?.removeAttribute('disabled');
  try {
    const [problems, contenders] = [chosenIn('problems'), chosenIn('contenders')];
    await runInPage(
      { what: WHATS, problems, contenders, threads },
      {
        ...{ rounds: rounds.valueAsNumber, software: software.checked, signal: abort.signal, onReport: show },
        onProgress(text, share) {
          status.value = text;
          progress.value = share;
        },
      },
    );
    progress.value = 1;
    status.value = 'Done.';
  } catch (error) {
    status.value = abort.signal.aborted ? 'Stopped.' : String(error);
  } finally {
    start?.removeAttribute('disabled');
    stop?.setAttribute('disabled', '');
  }
}

function save() {
  const file = new Blob([`${JSON.stringify(latest, undefined, 2)}\n`], { type: 'application/json' });
  const link = Object.assign(document.createElement('a'), {
    href: URL.createObjectURL(file),
    download: 'atrous-bench.json',
  });
  link.click();
  URL.revokeObjectURL(link.href);
}

fillForm();
element('wish', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void run();
});
stop?.addEventListener('click', () => abort.abort());
download?.addEventListener('click', save);

/** What the command calls in a headless browser. */
const bench = { runInPage };
/** @typedef {typeof bench} Bench */
Object.assign(globalThis, { bench });
