// One stream of server-sent events, kept open.

import {backoff, pause as wait} from './backoff.js';
import {events} from './sse.js';

const SILENCE = 45_000; // the server sends a comment every 20 s
const SHORT = 1_000; // a stream that ends sooner counts as a failure, so that it is not opened again without a pause

/**
 * Its `state` is `connecting`, `open` or `lost`. The server ends every stream some time, at the latest when its token
 * expires: it is opened again at once, and is lost only if that fails.
 */
export class EventStream {
  state = 'connecting';
  #abort = null;

  /**
   * @param open opens it under a signal; resolves with its body
   * @param notify called with `{state}` whenever the state changes and each time the stream was opened again, with
   *     `{reset: true}`, and with `{event}`, an event's data
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
      if (opened !== null && this.now() - opened > SHORT) {
        failures = 0;
      } else {
        this.#become('lost');
        await this.pause(backoff(failures++), signal);
      }
    }
  }

  #become(state) {
    if (state === this.state && state !== 'open') return;
    this.state = state;
    this.notify({state});
  }

  /** Listens until the stream ends. Resolves with the time at which it was opened, null if it was not. */
  async #listen(outer) {
    const inner = new AbortController();
    const end = () => inner.abort();
    outer.addEventListener('abort', end, {once: true});
    let watchdog = setTimeout(end, SILENCE);
    let opened = null;
    const heard = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(end, SILENCE);
      // Only the first bytes say that the server has subscribed us: from here on nothing is missed.
      if (opened === null) {
        opened = this.now();
        this.#become('open');
      }
    };
    try {
      for await (const {name, data} of events(await this.open(inner.signal), heard)) {
        if (outer.aborted) break;
        this.notify(name === 'reset' ? {reset: true} : {event: JSON.parse(data)});
      }
    } catch {
      // However it ended, it is opened again.
    } finally {
      clearTimeout(watchdog);
      outer.removeEventListener('abort', end);
      inner.abort();
    }
    return opened;
  }
}
