// Keeps the data of one service up to date: by the events of its stream, or by polling while the stream is down.

import {backoff, pause as wait} from './backoff.js';

const POLL_INTERVAL = 4_000;

/**
 * `state` is `connecting`; `live`; `polling`, without a stream; `unreachable`; or `failed`, if the service returns errors.
 */
export class LiveUpdates {
  state = 'connecting';
  #abort = new AbortController();

  /**
   * @param refresh fetches all data; called whenever an event may have been missed; rejects with a RequestError
   * @param apply applies an event's data; without it each event triggers a refresh
   * @param changed called after each change of the state
   */
  constructor({refresh, apply, changed, pause = wait}) {
    Object.assign(this, {refresh, apply, changed, pause});
  }

  /** Handles a message about the stream. */
  receive({state, reset, event}) {
    if (state === 'open' || reset) this.#refreshAs('live');
    else if (state === 'lost') this.#refreshAs('polling');
    else if (event && this.apply) this.apply(event);
    else if (event) this.refresh().catch(() => this.#refreshAs('live'));
  }

  /** Stops polling: the window is hidden. */
  stop() {
    this.#abort.abort();
  }

  // Live: refreshes once, and retries a failure. Polling: refreshes until aborted.
  async #refreshAs(goal) {
    this.#abort.abort();
    const {signal} = this.#abort = new AbortController();
    for (let failures = 0; !signal.aborted;) {
      const result = await this.refresh().then(() => goal, ({status}) => (status === 0 ? 'unreachable' : 'failed'));
      if (signal.aborted) return;
      this.#setState(result);
      if (result === 'live') return;
      failures = result === goal ? 0 : failures + 1;
      await this.pause(result === goal ? POLL_INTERVAL : Math.max(POLL_INTERVAL, backoff(failures)), signal);
    }
  }

  #setState(state) {
    if (state === this.state) return;
    this.state = state;
    this.changed();
  }
}

/** The state of the whole page: `partial` if some services are unreachable or fail, `unreachable` if all are unreachable. */
export function overall(states) {
  if (states.every((state) => state === 'unreachable')) return 'unreachable';
  if (states.some((state) => state === 'unreachable' || state === 'failed')) return 'partial';
  return ['polling', 'connecting', 'live'].find((state) => states.includes(state));
}
