import { createNetwork } from './network.ts';
import type { AskOptions } from './engine.ts';
import type { Failure, Reply, Request } from './protocol.ts';
import { runtimeLoaders, trainerLoaders } from './backends.ts';
import { keepLoaded } from './keep-loaded.ts';

// Networks run here, so that the page keeps answering while one works.
const runtimeOf = keepLoaded(runtimeLoaders);
const network = createNetwork({ runtimeOf, trainerOf: keepLoaded(trainerLoaders) });
const running = new Map<number, AbortController>();
const reply = (message: Reply): void => postMessage(message);

function answer(request: Exclude<Request, { call: 'abort' }>, options: AskOptions) {
  switch (request.call) {
    case 'available':
      return runtimeOf(request.backend).then((runtime) => runtime.available());
    case 'load':
      return network.load(request.source, options);
    case 'segment':
      return network.segment(request, options);
    case 'refine':
      return network.refine(request.settings, options);
    case 'startLive':
      return network.startLive(request, options);
    case 'drawLive':
      return network.drawLive(request);
    case 'train':
      return network.train(request.backend, request, options);
    case 'finish':
      return network.finish();
    case 'export':
      return network.toZip();
    default:
      return request satisfies never;
  }
}

function toFailure(error: unknown): Failure {
  const { message, code, hint } = (error instanceof Error ? error : new Error(String(error))) as Error &
    Partial<Failure>;
  return { message, code: code ?? 'UNEXPECTED', hint };
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  const { id } = data;
  if (data.call === 'abort') {
    running.get(id)?.abort();
    return;
  }
  const controller = new AbortController();
  running.set(id, controller);
  const options: AskOptions = {
    signal: controller.signal,
    onProgress: (progress) => reply({ id, progress }),
    onReport: (report) => reply({ id, report }),
  };
  Promise.resolve(answer(data, options))
    .then((value) => reply({ id, answer: value }))
    .catch((error: unknown) => reply({ id, failure: toFailure(error) }))
    .finally(() => running.delete(id));
});
