// Exact money: whole yen are BigInt, a price is counted in ten-thousandths of a yen.

const SCALE = 10_000n;

/** The price of that text or number, at most four decimals, in ten-thousandths of a yen. */
export function scaled(price) {
  const [whole, decimals = ''] = String(price).split('.');
  return BigInt(whole) * SCALE + BigInt(decimals.padEnd(4, '0'));
}

/** floor(price x quantity), in whole yen. */
export function amount(price, quantity) {
  const product = scaled(price) * BigInt(quantity);
  return product / SCALE - (product < 0n && product % SCALE !== 0n ? 1n : 0n);
}

/** What an order costs beside its amount; the server reckons the same. */
export function charges(orderAmount) {
  const fee = orderAmount < 250_000n ? 1_000n : orderAmount < 500_000n ? 5_000n : 10_000n;
  return {fee, tax: fee / 10n};
}

/** What a BUY is expected to cost, or a SELL to bring. */
export function estimate(side, orderAmount) {
  const {fee, tax} = charges(orderAmount);
  return side === 'BUY' ? orderAmount + fee + tax : orderAmount - fee - tax;
}
