#!/usr/bin/env node
// @ts-check
import { spawn } from 'node:child_process';
import process from 'node:process';
import { swiftshaderEnvironment } from './swiftshader.js';

// usage: node tools/headless/with-swiftshader.js <command> [arguments]
const [command, ...rest] = process.argv.slice(2);
if (command === undefined) {
  console.error('usage: with-swiftshader.js <command> [arguments]');
  process.exit(2);
}
const child = spawn(command, rest, { stdio: 'inherit', env: { ...process.env, ...(await swiftshaderEnvironment()) } });
child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, signal);
  else process.exit(code ?? 1);
});
