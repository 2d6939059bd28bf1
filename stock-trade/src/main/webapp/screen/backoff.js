// Pauses between attempts: exponential backoff with jitter.

const BASE = 500;
const MAX = 15_000;

/** Milliseconds to wait after `failures` earlier failures in a row. The pause doubles each time, with 25 % jitter. */
export const backoff = (failures, random = Math.random) => Math.min(MAX, BASE * 2 ** failures) * (0.75 + random() / 2);

/** Resolves after `millis`, or as soon as the signal aborts. */
export const pause = (millis, signal) => new Promise((resolve) => {
  const timer = setTimeout(resolve, millis);
  signal?.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, {once: true});
});
