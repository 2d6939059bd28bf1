// Sends one request until its outcome is known. The server acts once per idempotency key, so each retry sends the same key
// and the same body, also after a reload: both are kept in the tab until then.

import {backoff, pause as wait} from './backoff.js';

/** One request at a time. */
export class Submission {
  #pending = null; // {key, body, since, slot}
  #running = false;

  /**
   * @param kind name under which it is kept in the tab
   * @param retryFor milliseconds for which the server keeps a key; after that a retry could act a second time
   * @param result returns what was accepted out of a 2xx answer, null if the answer is not whole
   * @param send sends key and body; resolves with the 2xx answer, rejects with a Refusal
   * @param storage as sessionStorage
   * @param owner returns who sends, so that a retry is never sent as another person; '' without sign-in
   * @param changed called with `sending`, and with `checking` once an attempt has failed without a decision
   */
  constructor({kind, retryFor, result, send, storage, owner, changed = () => {}, now = Date.now, pause = wait}) {
    Object.assign(this, {kind, retryFor, result, send, storage, owner, changed, now, pause});
  }

  /** Whether a request of any owner is without an outcome: known before the session has begun. */
  get unresolved() {
    return this.#pending !== null || this.#stored().some((name) => name.startsWith(`${this.kind}:`));
  }

  /** The body of the request that is being sent, or will be by resume(); null if there is none of this owner. */
  get pending() {
    const pending = this.#pending ?? this.#read();
    return pending && JSON.parse(pending.body);
  }

  /**
   * Sends a body. Resolves with its outcome: `{accepted}`, the result; `{refused}`, a definite Refusal; `{expired: true}` if
   * the outcome stayed unknown for as long as the server keeps the key. A session that ends meanwhile leaves no outcome: the
   * page is loaded again, and resumes after the next sign-in of the same person.
   */
  async submit(body) {
    if (this.#running || this.#read()) throw new Error('a request is pending');
    this.#keep({key: randomKey(), body: JSON.stringify(body), since: this.now()});
    return this.#run('sending');
  }

  /** Goes on with the request that was pending when the page was left. Resolves with its outcome, null if there is none. */
  async resume() {
    this.#pending ??= this.#read();
    return this.#pending === null || this.#running ? null : this.#run('checking');
  }

  async #run(phase) {
    this.#running = true;
    try {
      this.changed(phase);
      for (let failures = 0; ; failures++) {
        if (this.now() - this.#pending.since > this.retryFor) return this.#end({expired: true});
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
      const accepted = this.result(await this.send(this.#pending.key, this.#pending.body));
      return accepted === null ? null : this.#end({accepted});
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
    this.#pending = {...pending, slot: this.#slot()};
    this.storage.setItem(this.#pending.slot, JSON.stringify(this.#pending));
  }

  #slot = () => `${this.kind}:${this.owner()}`;

  #read() {
    return JSON.parse(this.storage.getItem(this.#slot()));
  }

  #stored() {
    return Array.from({length: this.storage.length}, (_, i) => this.storage.key(i));
  }
}

// Not randomUUID: a page without TLS does not have it.
const randomKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
