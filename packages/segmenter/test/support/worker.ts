import { canvasSources, segmentAll } from './page.ts';

globalThis.onmessage = ({ data }: MessageEvent<Blob>) => {
  const work = async () => {
    const bitmap = await createImageBitmap(data);
    return {
      document: typeof document,
      seen: await segmentAll({ ...canvasSources(), Blob: data, ImageBitmap: bitmap, Bytes: await data.arrayBuffer() }),
    };
  };
  void work().then((result) => globalThis.postMessage(result));
};
