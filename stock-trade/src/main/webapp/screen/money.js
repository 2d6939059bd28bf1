// Exact money: whole yen as BigInt, prices in units of 0.0001 yen.

const SCALE = 10_000n;

/** A price with at most four decimals, text or number, in units of 0.0001 yen. */
export function scaled(price) {
  const [whole, decimals = ''] = String(price).split('.');
  return BigInt(whole) * SCALE + BigInt(decimals.padEnd(4, '0'));
}

/** floor(price x quantity), in whole yen. */
export function amount(price, quantity) {
  const product = scaled(price) * BigInt(quantity);
  return product / SCALE - (product < 0n && product % SCALE !== 0n ? 1n : 0n);
}

/** Fee and tax of an order; the server computes the same. */
export function charges(orderAmount) {
  const fee = orderAmount < 250_000n ? 1_000n : orderAmount < 500_000n ? 5_000n : 10_000n;
  return {fee, tax: fee / 10n};
}

/** The estimated cost of a BUY, or the estimated proceeds of a SELL. */
export function estimate(side, orderAmount) {
  const {fee, tax} = charges(orderAmount);
  return side === 'BUY' ? orderAmount + fee + tax : orderAmount - fee - tax;
}
