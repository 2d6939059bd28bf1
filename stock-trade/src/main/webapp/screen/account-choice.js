// The account that the page shows, for users who may choose: operators, or all users if sign-in is off.

export const MAIN = 'main';

const STORAGE_KEY = 'account';

/** Whether a text is a valid account id. */
export const isAccountId = (text) => /^[A-Za-z0-9._:@-]{1,64}$/.test(text);

// The characters of an account id in sort order.
const ALPHABET = '-.0123456789:@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/** A cursor for a page that starts at this id: the greatest possible account id below it, '' if there is no lower id. */
export function cursorBefore(id) {
  const last = ALPHABET.indexOf(id.at(-1));
  return last <= 0 ? id.slice(0, -1) : (id.slice(0, -1) + ALPHABET[last - 1]).padEnd(64, ALPHABET.at(-1));
}

/** Stored per tab (sessionStorage), so each tab can show another account. */
export class AccountChoice {
  #storage;

  constructor(storage) {
    this.#storage = storage;
  }

  /** The account chosen last; null if no account is chosen. */
  get chosen() {
    return this.#load().chosen ?? null;
  }

  /** The accounts chosen in this tab, newest first. */
  get known() {
    return this.#load().known ?? [];
  }

  /** @throws Error if it is not a valid account id */
  choose(id) {
    if (!isAccountId(id)) throw new Error('not an account id');
    this.#save({chosen: id, known: [...new Set([id, ...this.known])].slice(0, 20)});
  }

  /** Chooses no account; the known accounts stay. */
  clear() {
    this.#save({known: this.known});
  }

  #save(choice) {
    this.#storage.setItem(STORAGE_KEY, JSON.stringify(choice));
  }

  #load() {
    return JSON.parse(this.#storage.getItem(STORAGE_KEY)) ?? {};
  }
}
