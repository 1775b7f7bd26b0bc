// @ts-check
// The test command: every package's tests with a software GPU at hand, closing with one countable line.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';

const report = 'node_modules/.cache/atrous/test-report.json';
mkdirSync('node_modules/.cache/atrous', { recursive: true });
const vitest = [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
];
const { status } = spawnSync('node', ['tools/headless/with-swiftshader.js', 'npx', ...vitest], { stdio: 'inherit' });

const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
const brokenFiles = testResults.filter(
  (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
    file.status === 'failed' && file.assertionResults.length === 0,
).length;
console.log(`${numPassedTests} passed, ${numFailedTests + brokenFiles} failed, ${numPendingTests} skipped`);
process.exit(status ?? 1);
