#!/usr/bin/env node
// @ts-check
import { spawn } from 'node:child_process';
import process from 'node:process';
import { bundledChromiumRunsHere } from './platform.js';
import { swiftshaderEnvironment } from './swiftshader.js';

// usage: node tools/headless/with-swiftshader.js <command> [arguments]
const [command, ...rest] = process.argv.slice(2);
if (command === undefined) {
  console.error('usage: with-swiftshader.js <command> [arguments]');
  process.exit(2);
}
// Elsewhere Dawn finds the graphics card, if there is one.
const software = bundledChromiumRunsHere() ? await swiftshaderEnvironment() : {};
const child = spawn(command, rest, { stdio: 'inherit', env: { ...process.env, ...software } });
child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, signal);
  else process.exit(code ?? 1);
});
