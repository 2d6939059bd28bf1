// Which account the page shows, for those who may use several: everybody if nobody signs in, or an operator.

export const MAIN = 'main';

const KEPT = 'account';

/** Whether a text is an account id. */
export const isAccountId = (text) => /^[A-Za-z0-9._:@-]{1,64}$/.test(text);

// The characters of an account id in the order of the ids.
const LETTERS = '-.0123456789:@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/** The account id, or possible one, right before this one, so that a list after it begins with this one; '' if there is none. */
export function before(id) {
  const most = LETTERS.indexOf(id.at(-1));
  return most <= 0 ? id.slice(0, -1) : (id.slice(0, -1) + LETTERS[most - 1]).padEnd(64, LETTERS.at(-1));
}

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
    this.#keep({chosen: id, known: [...new Set([id, ...this.known])].slice(0, 20)});
  }

  /** Chooses no account; those that were chosen stay known. */
  chooseNone() {
    this.#keep({known: this.known});
  }

  #keep(choice) {
    this.#storage.setItem(KEPT, JSON.stringify(choice));
  }

  #read() {
    return JSON.parse(this.#storage.getItem(KEPT)) ?? {};
  }
}
