// Takes the README's screenshots of Zipkin from the running system (./mvnw -Prun verify): places thirty orders, then
// captures the dependency map and the trace of the last order. In this folder: npm ci && npm run take
import {chromium} from 'playwright-core';

const [zipkin, trade, browserPath] = [
  process.env.ZIPKIN ?? 'http://localhost:9411',
  process.env.TRADE ?? 'http://localhost:8081',
  process.env.CHROMIUM ?? '/usr/bin/chromium',
];
const target = new URL('../../docs/pictures/', import.meta.url).pathname;
const order = {orderDate: 20200607, orderTime: '11:25:00', stockCode: 'A002', tradeType: 'BUY', orderType: '0',
  orderPrice: 2320, orderQuantity: 10};

const json = async (url, options) => (await fetch(url, options)).json();
const until = async (what, poll) => {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const result = await poll();
    if (result) return result;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`timed out waiting for ${what}`);
};

let tradeNo;
for (let i = 0; i < 30; i++) {
  const accepted = await json(`${trade}/trade/order`, {method: 'POST', headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(order)});
  tradeNo = accepted.acceptanceResult.tradeNo;
  await until('the settlement', async () => (await json(`${trade}/trade/order/${tradeNo}`)).tradeStatus === '1');
}
const trace = await until('the trace', async () => {
  const [found] = await json(`${zipkin}/api/v2/traces?annotationQuery=${encodeURIComponent(`trade.no=${tradeNo}`)}`);
  return found?.length >= 18 && found[0].traceId;
});

const browser = await chromium.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--enable-unsafe-swiftshader'],
});
try {
  const page = await browser.newPage({viewport: {width: 1400, height: 820}});
  await page.goto(`${zipkin}/zipkin/traces/${trace}`);
  await page.getByText('relay settle').first().waitFor();
  await page.screenshot({path: `${target}trace.png`});

  const now = Date.now();
  await page.goto(`${zipkin}/zipkin/dependency?startTime=${now - 3_600_000}&endTime=${now + 60_000}`);
  await page.locator('canvas').first().waitFor();
  await page.waitForTimeout(8_000); // the layout animation of the map has no completion event
  await page.screenshot({path: `${target}map.png`});
} finally {
  await browser.close();
}
console.log(`map.png and trace.png of trade ${tradeNo} are in ${target}`);
