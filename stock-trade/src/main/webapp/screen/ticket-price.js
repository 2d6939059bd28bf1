// When the price of an order ticket follows the market, and when it does not.

const LIMIT = '1';

/**
 * The text of the price field. An untouched market estimate follows the last price. A limit price is the customer's from the
 * moment Limit is chosen, and so is every price that was typed. Another stock starts with its own price.
 */
export class TicketPrice {
  value = '';
  #own = false; // typed by the customer
  #limit = false;

  /** The order type was chosen. */
  choose(orderType) {
    this.#limit = orderType === LIMIT;
  }

  /** The customer changed the field. An emptied estimate takes the next price; an emptied limit price stays empty. */
  typed(value) {
    this.value = value;
    this.#own = this.#limit || value !== '';
  }

  /** Another stock was chosen, or the last order was accepted. `last` is undefined if no price is known. */
  reset(last) {
    this.#own = false;
    this.value = last === undefined ? '' : String(last);
  }

  /** The last price is this now. */
  tick(last) {
    const frozen = this.#own || (this.#limit && this.value !== '');
    if (!frozen && last !== undefined) this.value = String(last);
  }
}
