import { element } from './dom.ts';

/** Offers bytes as a file. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  element('a', { href: url, download: name }).click();
  // The download has taken its own hold of the data by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** A canvas as PNG. */
export const canvasPng = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the canvas could not be written'))), 'image/png'),
  );
