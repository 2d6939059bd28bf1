// Keeps what is shown up to date: by a stream of events while it can be had, by asking every few seconds while not.

import {stream} from './api.js';
import {events} from './sse.js';

const POLL = 4_000;
const SILENCE = 45_000; // the server sends a sign of life every 20 s
const LONGEST_PAUSE = 15_000;
const LONG = 5_000;

const pause = (millis, signal) => new Promise((resolve) => {
  const timer = setTimeout(resolve, millis);
  signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, {once: true});
});

/** One stream, kept up; it tells its `state`: connecting, live, polling, away. */
export class Live {
  #state = 'connecting';
  #abort = new AbortController();

  /**
   * @param refresh fetches everything; called whenever something may have been missed
   * @param apply takes an event's data
   * @param changed told of each new state
   */
  constructor(service, path, {refresh, apply, changed}) {
    Object.assign(this, {service, path, refresh, apply, changed});
  }

  get state() {
    return this.#state;
  }

  #become(state) {
    if (state !== this.#state) {
      this.#state = state;
      this.changed();
    }
  }

  /** Runs for as long as somebody looks: a page that is hidden would only take a connection from one that is not. */
  start() {
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#abort.abort() : this.#run()));
    addEventListener('pagehide', () => this.#abort.abort());
    this.#run();
  }

  async #run() {
    this.#abort.abort();
    const {signal} = this.#abort = new AbortController();
    for (let failures = 0; !signal.aborted; failures++) {
      const began = performance.now();
      const listened = await this.#listen(signal);
      if (listened && performance.now() - began > LONG) {
        failures = -1; // the server ends each stream some time: it is opened again at once
        continue;
      }
      const until = performance.now() + Math.min(LONGEST_PAUSE, 500 * 2 ** failures) * (0.75 + Math.random() / 2);
      while (!signal.aborted && performance.now() < until) {
        await this.#poll();
        await pause(Math.min(POLL, Math.max(0, until - performance.now())), signal);
      }
    }
  }

  /** Listens until the stream ends. Resolves with true if there was one. */
  async #listen(outer) {
    const inner = new AbortController();
    const end = () => inner.abort();
    outer.addEventListener('abort', end, {once: true});
    let watchdog = setTimeout(end, SILENCE);
    const heard = () => { clearTimeout(watchdog); watchdog = setTimeout(end, SILENCE); };
    let open = false;
    try {
      const body = await stream(this.service, this.path, inner.signal);
      for await (const event of events(body, () => { heard(); open ||= this.#refreshed(); })) {
        if (event.name === 'reset') this.#refreshed();
        else this.apply(JSON.parse(event.data));
      }
    } catch {
      // It ended in whatever way: it is opened again.
    } finally {
      clearTimeout(watchdog);
      outer.removeEventListener('abort', end);
      inner.abort();
    }
    return open;
  }

  // After the first sign from the server nothing is missed, until it sends a reset event: what was before is fetched now.
  #refreshed() {
    this.refresh().then(() => this.#become('live'), () => this.#become('away'));
    return true;
  }

  async #poll() {
    await this.refresh().then(() => this.#become('polling'), () => this.#become('away'));
  }
}
