// Which account the page shows, for those who may use several: everybody if nobody signs in, or an operator.

export const MAIN = 'main';

const KEPT = 'account';

/** Whether a text is an account id. */
export const isAccountId = (text) => /^[A-Za-z0-9._:@-]{1,64}$/.test(text);

/** The choice is kept in the tab (sessionStorage), so that each tab can show another account. */
export class AccountChoice {
  #storage;

  constructor(storage) {
    this.#storage = storage;
  }

  /** The account chosen last, null if none was. */
  get chosen() {
    return this.#read().chosen ?? null;
  }

  /** The accounts that were chosen in this tab. */
  get known() {
    return this.#read().known ?? [];
  }

  /** Throws if it is not an account id. */
  choose(id) {
    if (!isAccountId(id)) throw new Error('not an account id');
    const known = [...new Set([id, ...this.known])].slice(0, 20);
    this.#storage.setItem(KEPT, JSON.stringify({chosen: id, known}));
  }

  #read() {
    return JSON.parse(this.#storage.getItem(KEPT)) ?? {};
  }
}
