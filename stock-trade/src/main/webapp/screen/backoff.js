// Pauses between attempts: exponential backoff with jitter.

const FIRST = 500;
const LONGEST = 15_000;

/** Milliseconds to wait after so many failures in a row (0 is the first): doubled each time, within 25 % of jitter. */
export const backoff = (failures, random = Math.random) => Math.min(LONGEST, FIRST * 2 ** failures) * (0.75 + random() / 2);

/** Resolves after that time, or as soon as the signal aborts. */
export const pause = (millis, signal) => new Promise((resolve) => {
  const timer = setTimeout(resolve, millis);
  signal?.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, {once: true});
});
