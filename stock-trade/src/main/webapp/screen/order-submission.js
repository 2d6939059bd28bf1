// Sends one order until its outcome is known. The server places an order once per idempotency key, so each retry sends the
// same key and the same body, also after a reload: both are kept in the tab until then.

import {backoff, pause as wait} from './backoff.js';

const KEPT = 'pending-order';

/** The server keeps a key for a day. After that a retry could place the order a second time. */
const RETRY_FOR = 20 * 3_600_000;

const slot = (owner) => `${KEPT}:${owner}`;

/** One order at a time. */
export class OrderSubmission {
  #pending = null; // {key, body, since, slot}
  #running = false;

  /**
   * @param send sends key and body; resolves with the 201 answer, rejects with a Refusal
   * @param storage as sessionStorage
   * @param owner returns who places orders, so that a retry is never sent as another person; '' without sign-in
   * @param changed called with `placing`, and with `checking` once an attempt has failed without a decision
   */
  constructor({send, storage, owner, changed = () => {}, now = Date.now, pause = wait}) {
    Object.assign(this, {send, storage, owner, changed, now, pause});
  }

  /** Whether an order of any owner is without an outcome: known before the session has begun. */
  get unresolved() {
    return this.#pending !== null || this.#stored().some((name) => name.startsWith(`${KEPT}:`));
  }

  /** The body of the order that is being sent, or will be by resume(); null if there is none of this owner. */
  get pending() {
    const pending = this.#pending ?? this.#read();
    return pending && JSON.parse(pending.body);
  }

  /**
   * Sends an order. Resolves with its outcome: `{accepted}`, the order as accepted; `{refused}`, a definite Refusal;
   * `{expired: true}` if the outcome stayed unknown for as long as the server keeps the key. A session that ends meanwhile
   * leaves no outcome: the page is loaded again, and resumes after the next sign-in of the same person.
   */
  async place(order) {
    if (this.#running || this.#read()) throw new Error('an order is pending');
    this.#keep({key: randomKey(), body: JSON.stringify(order), since: this.now()});
    return this.#run('placing');
  }

  /** Goes on with the order that was pending when the page was left. Resolves with its outcome, null if there is none. */
  async resume() {
    this.#pending ??= this.#read();
    return this.#pending === null || this.#running ? null : this.#run('checking');
  }

  async #run(phase) {
    this.#running = true;
    try {
      this.changed(phase);
      for (let failures = 0; ; failures++) {
        if (this.now() - this.#pending.since > RETRY_FOR) return this.#end({expired: true});
        const outcome = await this.#attempt();
        if (outcome) return outcome;
        this.changed('checking');
        await this.pause(backoff(failures));
      }
    } finally {
      this.#running = false;
    }
  }

  // Null if the outcome is unknown.
  async #attempt() {
    try {
      const answer = await this.send(this.#pending.key, this.#pending.body);
      const accepted = answer?.acceptanceResult;
      return Number.isInteger(accepted?.tradeNo) ? this.#end({accepted}) : null;
    } catch (refusal) {
      return refusal.definite ? this.#end({refused: refusal}) : null;
    }
  }

  #end(outcome) {
    this.storage.removeItem(this.#pending.slot);
    this.#pending = null;
    return outcome;
  }

  #keep(pending) {
    this.#pending = {...pending, slot: slot(this.owner())};
    this.storage.setItem(this.#pending.slot, JSON.stringify(this.#pending));
  }

  #read() {
    return JSON.parse(this.storage.getItem(slot(this.owner())));
  }

  #stored() {
    return Array.from({length: this.storage.length}, (_, i) => this.storage.key(i));
  }
}

// Not randomUUID: a page without TLS does not have it.
const randomKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
