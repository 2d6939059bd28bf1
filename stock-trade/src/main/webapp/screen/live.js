// Keeps one service's part of the page up to date: by the events of its stream while it is open, by polling while it is not.

import {backoff, pause as wait} from './backoff.js';

const POLL = 4_000;

/**
 * Its `state`: `connecting`; `live`; `polling`, without a stream; `away`, the service cannot be reached; `failed`, it answers
 * with errors.
 */
export class Live {
  state = 'connecting';
  #abort = new AbortController();

  /**
   * @param refresh fetches everything; called whenever something may have been missed; rejects with a Refusal
   * @param apply takes an event's data; without it an event says only that there is something to fetch
   * @param changed called after each change of the state
   */
  constructor({refresh, apply, changed, pause = wait}) {
    Object.assign(this, {refresh, apply, changed, pause});
  }

  /** Takes a message about the stream. */
  take({state, reset, event}) {
    if (state === 'open' || reset) this.#keep('live');
    else if (state === 'lost') this.#keep('polling');
    else if (event && this.apply) this.apply(event);
    else if (event) this.refresh().catch(() => this.#keep('live'));
  }

  /** Stops polling: the window is hidden. */
  stop() {
    this.#abort.abort();
  }

  // Live, everything is fetched once; what fails is fetched again.
  async #keep(goal) {
    this.#abort.abort();
    const {signal} = this.#abort = new AbortController();
    for (let failures = 0; !signal.aborted;) {
      const result = await this.refresh().then(() => goal, ({status}) => (status === 0 ? 'away' : 'failed'));
      if (signal.aborted) return;
      this.#become(result);
      if (result === 'live') return;
      failures = result === goal ? 0 : failures + 1;
      await this.pause(result === goal ? POLL : Math.max(POLL, backoff(failures)), signal);
    }
  }

  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.changed();
  }
}

/** The state of the whole page: what is shown may be old if any service is away or fails; nothing is reached if all are. */
export function overall(states) {
  if (states.every((state) => state === 'away')) return 'away';
  if (states.some((state) => state === 'away' || state === 'failed')) return 'partial';
  return ['polling', 'connecting', 'live'].find((state) => states.includes(state));
}
