// @ts-check
import { serveContender } from '../contenders/serve.js';
import { engines } from './engines.js';

const answer = serveContender(engines);

process.on('message', (/** @type {import('../contenders/serve.js').Job | 'run'} */ message) => {
  answer(message).then(
    (result) => process.send?.({ ...result, bytes: process.resourceUsage().maxRSS * 1024 }),
    (error) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
