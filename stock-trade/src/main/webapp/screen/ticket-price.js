// Decides when the price of an order ticket follows the market.

const LIMIT = '1';

/**
 * The text of the price field. An unedited market estimate follows the last price. A limit price is fixed from the moment Limit
 * is chosen, and so is every typed price. Selecting another stock starts with the price of that stock.
 */
export class TicketPrice {
  value = '';
  #typed = false;
  #limit = false;

  /** Call when the order type changes. */
  choose(orderType) {
    this.#limit = orderType === LIMIT;
  }

  /** Call when the user edits the field. An emptied estimate takes the next price; an emptied limit price stays empty. */
  typed(value) {
    this.value = value;
    this.#typed = this.#limit || value !== '';
  }

  /** Call when another stock is selected or an order was accepted. `last` is undefined if no price is known. */
  reset(last) {
    this.#typed = false;
    this.value = last === undefined ? '' : String(last);
  }

  /** Call with each new last price. */
  tick(last) {
    const frozen = this.#typed || (this.#limit && this.value !== '');
    if (!frozen && last !== undefined) this.value = String(last);
  }
}
