// A window's side of the shared streams.

const PING_INTERVAL = 10_000;
const MAX_UNANSWERED_PINGS = 2;

/** Joins the hub while the window is visible, and connects to another hub if the first one stops responding. */
export class StreamClient {
  #port = null;
  #joined = false;
  #unanswered = 0;
  #failures = 0;

  /**
   * @param connect returns a port to a hub; called with the number of hubs that have failed so far
   * @param urls the streams' URLs by name
   * @param authorize resolves with the headers of a request, null if the user is signed out; called with the headers that the
   *     server rejected, if any
   * @param notify called with each message about a stream
   * @param every calls a function at each ping interval
   */
  constructor({connect, urls, authorize, notify, every = (work) => setInterval(work, PING_INTERVAL)}) {
    Object.assign(this, {connect, urls, authorize, notify});
    every(() => this.#ping());
  }

  /** Call when the window becomes visible. */
  join() {
    if (this.#joined) return;
    this.#joined = true;
    this.#open();
  }

  /** Call when the window is hidden or closed. */
  leave() {
    if (!this.#joined) return;
    this.#joined = false;
    this.#port.postMessage({leave: true});
  }

  /** Replaces a failed hub: all streams are reopened and their data refreshed. */
  hubFailed() {
    this.#failures++;
    this.#port?.postMessage({leave: true});
    this.#port = null;
    if (this.#joined) this.#open();
  }

  #open() {
    if (this.#port === null) {
      this.#port = this.connect(this.#failures);
      this.#port.onmessage = ({data}) => this.#receive(data);
    }
    this.#unanswered = 0;
    this.#port.postMessage({join: this.urls});
  }

  #ping() {
    if (!this.#joined) return;
    if (this.#unanswered++ >= MAX_UNANSWERED_PINGS) this.hubFailed();
    else this.#port.postMessage({ping: true});
  }

  async #receive(message) {
    this.#unanswered = 0;
    if (message.authorize !== undefined) {
      const port = this.#port;
      const headers = await this.authorize(message.rejected).catch(() => null);
      port.postMessage({token: message.authorize, headers});
    } else if (message.rejoin) {
      if (this.#joined) this.#open();
    } else if (message.name && this.#joined) {
      this.notify(message);
    }
  }
}
