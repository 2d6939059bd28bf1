// Sends one request and retries it until the outcome is known. Retries are idempotent: each sends the same idempotency key and body,
// also after a reload. Both are stored in the tab (sessionStorage) until then.

import {backoff, pause as wait} from './backoff.js';

/** One request at a time. */
export class Submission {
  #pending = null; // {key, body, since, slot}; slot is its key in the storage
  #running = false;

  /**
   * @param kind prefix of the storage key
   * @param retryFor milliseconds during which retries are safe: the server may forget the key later
   * @param result extracts the result from a 2xx response; returns null if the response is incomplete
   * @param send sends key and body; resolves with the 2xx response, rejects with a RequestError
   * @param storage sessionStorage
   * @param owner returns the sender, so that a retry is never sent as another user; '' without sign-in
   * @param changed called with `sending`, and with `checking` after an attempt with unknown outcome
   */
  constructor({kind, retryFor, result, send, storage, owner, changed = () => {}, now = Date.now, pause = wait}) {
    Object.assign(this, {kind, retryFor, result, send, storage, owner, changed, now, pause});
  }

  /** Whether any owner's request has an unknown outcome. Available before the session has started. */
  get unresolved() {
    return this.#pending !== null || this.#storedKeys().some((name) => name.startsWith(`${this.kind}:`));
  }

  /** The body of this owner's request that is in flight or can be resumed; null if there is no such request. */
  get pending() {
    const pending = this.#pending ?? this.#load();
    return pending && JSON.parse(pending.body);
  }

  /**
   * Sends a body. Resolves with the outcome: `{accepted}`, the result; `{rejected}`, a definite RequestError; `{expired: true}` if
   * the outcome is still unknown after `retryFor`. If the session ends meanwhile, the promise never settles: the page reloads, and
   * resumes after the same user's next sign-in.
   */
  async submit(body) {
    if (this.#running || this.#load()) throw new Error('a request is pending');
    this.#save({key: randomKey(), body: JSON.stringify(body), since: this.now()});
    return this.#run('sending');
  }

  /** Resumes the request that was pending when the page was unloaded. Resolves with its outcome; null if there is no such request. */
  async resume() {
    this.#pending ??= this.#load();
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

  // Resolves with null if the outcome is unknown.
  async #attempt() {
    try {
      const accepted = this.result(await this.send(this.#pending.key, this.#pending.body));
      return accepted === null ? null : this.#end({accepted});
    } catch (error) {
      return error.definite ? this.#end({rejected: error}) : null;
    }
  }

  #end(outcome) {
    this.storage.removeItem(this.#pending.slot);
    this.#pending = null;
    return outcome;
  }

  #save(pending) {
    this.#pending = {...pending, slot: this.#slot()};
    this.storage.setItem(this.#pending.slot, JSON.stringify(this.#pending));
  }

  #slot = () => `${this.kind}:${this.owner()}`;

  #load() {
    return JSON.parse(this.storage.getItem(this.#slot()));
  }

  #storedKeys() {
    return Array.from({length: this.storage.length}, (_, i) => this.storage.key(i));
  }
}

// crypto.randomUUID is not available without TLS.
const randomKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
