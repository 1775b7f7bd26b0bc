// @ts-check
// Where what was measured is kept.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toPage } from './report/page.js';
import { toTable } from './report/table.js';
import { toTargets } from './report/targets.js';

/** @typedef {import('./report/report.js').Report} Report */

/** @param {string} name */
const inResults = (name) => fileURLToPath(new URL(`results/${name}`, import.meta.url));

/** @param {string} path @returns {Report} */
export const readReport = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Writes PATH.json, PATH.md and PATH.html. @param {Report} report @param {string} path */
export function writeReport(report, path) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.json`, `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(`${path}.md`, toTable(report));
  writeFileSync(`${path}.html`, toPage(report));
}

/** Writes `results/targets.md`; reasons come from `results/reasons.json`, which is written by hand. @param {readonly Report[]} reports */
export function writeTargets(reports) {
  const reasons = inResults('reasons.json');
  const text = toTargets(reports, existsSync(reasons) ? JSON.parse(readFileSync(reasons, 'utf8')) : {});
  writeFileSync(inResults('targets.md'), text);
  return text;
}
