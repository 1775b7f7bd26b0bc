// @ts-check
import { serveContender } from '../contenders/serve.js';
import { engines } from './engines.js';

const answer = serveContender(engines);

addEventListener('message', ({ data }) => {
  answer(data).then(
    (result) => postMessage(result),
    (error) => postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});
