// @ts-check
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

/** The commit of this checkout; nothing in a copy of the files alone. */
function commitHere() {
  try {
    const options = /** @type {const} */ ({ cwd: new URL('.', import.meta.url), encoding: 'utf8', stdio: 'pipe' });
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], options).trim();
  } catch {
    return '';
  }
}

/** Commit and versions of what this is run from, and the date of today. */
export function describeRepository() {
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
  const others = Object.entries(/** @type {Record<string, string>} */ (dependencies)).filter(([name]) =>
    /^(@tensorflow|onnxruntime|webgpu)/.test(name),
  );
  return {
    commit: commitHere(),
    date: new Date().toISOString().slice(0, 10),
    versions: Object.fromEntries(others),
  };
}

/** This machine, as far as it concerns any runtime. */
export function describeMachine() {
  const [load = 0] = loadavg();
  return { cpu: cpus()[0]?.model.trim() ?? '', cores: cpus().length, memoryBytes: totalmem(), load };
}
