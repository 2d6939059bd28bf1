// One stream of server-sent events, reconnected whenever it ends.

import {backoff, pause as wait} from './backoff.js';
import {events} from './sse.js';

const SILENCE_TIMEOUT = 45_000; // the server sends a comment every 20 s
const MIN_DURATION = 1_000; // a shorter stream counts as a failure, so the reconnect backs off

/**
 * `state` is `connecting`, `open` or `lost`. The server ends every stream, at the latest when its token expires. The stream is
 * then reopened immediately, and is `lost` only if that fails.
 */
export class EventStream {
  state = 'connecting';
  #abort = null;

  /**
   * @param open opens the stream with an abort signal; resolves with its body
   * @param notify called with `{state}` on each state change and each reopening, with `{reset: true}`, and with `{event}`, an
   *     event's data
   */
  constructor({open, notify, pause = wait, now = () => performance.now()}) {
    Object.assign(this, {open, notify, pause, now});
  }

  start() {
    this.#abort ??= new AbortController();
    this.#run(this.#abort.signal);
  }

  stop() {
    this.#abort?.abort();
  }

  async #run(signal) {
    for (let failures = 0; !signal.aborted;) {
      const opened = await this.#listen(signal);
      if (signal.aborted) return;
      if (opened !== null && this.now() - opened > MIN_DURATION) {
        failures = 0;
      } else {
        this.#setState('lost');
        await this.pause(backoff(failures++), signal);
      }
    }
  }

  #setState(state) {
    if (state === this.state && state !== 'open') return;
    this.state = state;
    this.notify({state});
  }

  /** Listens until the stream ends. Resolves with the time when it was opened, null if it was not. */
  async #listen(outer) {
    const inner = new AbortController();
    const end = () => inner.abort();
    outer.addEventListener('abort', end, {once: true});
    let watchdog = setTimeout(end, SILENCE_TIMEOUT);
    let opened = null;
    const onChunk = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(end, SILENCE_TIMEOUT);
      // The first bytes confirm the subscription: no event is missed from here on.
      if (opened === null) {
        opened = this.now();
        this.#setState('open');
      }
    };
    try {
      for await (const {name, data} of events(await this.open(inner.signal), onChunk)) {
        if (outer.aborted) break;
        this.notify(name === 'reset' ? {reset: true} : {event: JSON.parse(data)});
      }
    } catch {
      // The caller reconnects after any failure.
    } finally {
      clearTimeout(watchdog);
      outer.removeEventListener('abort', end);
      inner.abort();
    }
    return opened;
  }
}
