/** A webcam at five frames per second is still one; the network needs its share of them. */
export const mostFrameMs = 150;
/** The first frame fetches code and clears memory. */
const framesBeforeJudging = 2;

/** Finds out whether a CRF keeps up with a webcam here. */
export interface LiveLimit {
  /** Takes the time of a frame. */
  add(milliseconds: number): void;
  /** The time of a frame, once it is known to be too long. */
  tooSlow(): number | undefined;
}

/** Judges by the faster of the frames after the first: others may have had to wait. */
export function createLiveLimit(): LiveLimit {
  const times: number[] = [];
  return {
    add: (milliseconds) => void times.push(milliseconds),
    tooSlow: () => {
      const [, ...judged] = times.slice(0, 1 + framesBeforeJudging);
      const fastest = Math.min(...judged);
      return judged.length === framesBeforeJudging && fastest > mostFrameMs ? fastest : undefined;
    },
  };
}
