// @ts-check
import { serveContender } from '../contenders/serve.js';
import { engines } from './engines.js';
import { mostBytes } from './most-bytes.js';

const answer = serveContender(engines);
const bytes = () => mostBytes('self') ?? process.resourceUsage().maxRSS * 1024;

process.on('message', (/** @type {import('../contenders/serve.js').Job | 'run'} */ message) => {
  answer(message).then(
    (result) => process.send?.({ ...result, bytes: bytes() }),
    (error) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});

// nobody asks any more: whoever did was killed
process.on('disconnect', () => process.exit());
