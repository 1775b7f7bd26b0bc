import { DataError } from '@atrous/core';
import { element } from './dom.ts';

/**
 * Opens the camera.
 *
 * @param signal aborting it switches the camera off.
 * @throws DataError when there is no camera or the person says no.
 */
export async function openCamera(signal: AbortSignal): Promise<HTMLVideoElement> {
  const stream = await requestStream();
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const video = element('video', { srcObject: stream, muted: true, playsInline: true });
  await video.play();
  return video;
}

async function requestStream(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      // Telephones have two; what is in front of the person is seen by the one on the back.
      video: { width: { ideal: 640 }, facingMode: 'environment' },
      audio: false,
    });
  } catch (cause) {
    throw new DataError('the camera could not be opened', {
      code: 'CAMERA',
      hint: 'plug one in, let this page use it, and open the page over https or from localhost',
      cause,
    });
  }
}

/** Frames per second over the last ten frames. */
export function createFrameMeter(): (now: number) => number {
  const stamps: number[] = [];
  return (now) => {
    stamps.push(now);
    if (stamps.length > 11) stamps.shift();
    const span = now - (stamps[0] ?? now);
    return span > 0 ? ((stamps.length - 1) * 1000) / span : 0;
  };
}
