#!/usr/bin/env node
// @ts-check
import { fileURLToPath } from 'node:url';
import { main } from '../dist/index.js';

await main(fileURLToPath(import.meta.url));
