// What the page says, in the browser's language: Japanese, or else English.

const english = {
  title: 'Stock trading', skip: 'Skip to the order ticket',
  endpoints: 'The endpoints, to call from here', description: 'OpenAPI description', health: 'Health',

  signIn: 'Sign in', signOut: 'Sign out', signedOut: 'Not signed in',

  live: 'Live', connecting: 'Connecting…', polling: 'No live connection: updated every few seconds',
  away: 'Connection lost. Data may be out of date.', partial: 'Some data may be out of date.',
  failed: 'Could not be loaded. Trying again…',

  account: 'Account', cash: 'Cash', reservedCash: 'Reserved for open orders', buyingPower: 'Buying power',
  stocksValue: 'Stocks at market value', total: 'Total',
  accountId: 'Account ID', accountOf: (id) => `Account ${id}`,
  notAccountId: 'Enter 1 to 64 letters, digits or . _ : @ -',
  accountStatuses: {
    SUSPENDED: 'This account is suspended: it takes no new orders. Open orders still settle.', CLOSED: 'This account is closed.',
  },
  noAccount: 'Buying power is not available for this account.',

  accounts: 'Accounts', allAccounts: 'All accounts', noAccounts: 'No accounts yet.', moreAccounts: 'Show more accounts',
  accountsFrom: 'Account IDs from', find: 'Find', opened: 'Opened', openAccount: 'Open an account', open: 'Open',
  accountStates: {ACTIVE: 'Active', SUSPENDED: 'Suspended', CLOSED: 'Closed'},
  showAccount: 'Show', moveCash: 'Deposit or withdraw', suspend: 'Suspend', activate: 'Activate', closeAccount: 'Close',
  keep: 'Cancel', actionOn: (action, id) => `${action}: account ${id}`,
  isOpen: (id) => `Account ${id} is open.`, nowIs: (id, state) => `Account ${id}: ${state}`,
  confirmClose: (id) => `Close account ${id}? A closed account cannot be opened again.`,
  cashMovement: 'Deposit or withdraw', cashType: 'Type', amountYen: 'Amount (yen)', reference: 'Reference (optional)',
  book: 'Book', booked: (kind, amount, id) => `${kind} of ${amount} is booked on account ${id}.`,
  notBooked: 'Nothing was booked. Fix the highlighted fields.', cashRules: {},
  cashUnconfirmed: 'We could not confirm the booking. Checking…',
  noCash: (required, available) => `Not enough cash: ${required} is to be withdrawn, ${available} is available.`,
  operatorProblems: {
    'not-found': 'This service keeps no accounts (BUYING_POWER=off).',
    'unknown-account': 'This account is not open. Open it first.',
    'account-closed': 'This account is closed. A closed account takes no changes.',
    'idempotency-key-reused': 'Another deposit or withdrawal was booked in place of this one. Check the statement.',
  },
  tryAgain: 'The service could not be reached. Try again.',

  holdings: 'Holdings', noHoldings: 'No stocks are held.', stock: 'Stock', shares: 'Shares', available: 'Available to sell',
  costBasis: 'Cost basis', lastPrice: 'Last price', marketValue: 'Market value', profit: 'Unrealized P/L',

  statement: 'Statement', fromDay: 'From', toDay: 'To', saveCsv: 'Download CSV', moreEntries: 'Show older entries',
  noEntries: 'No entries.', bookedAt: 'Booked', entry: 'Entry', cashAfter: 'Cash after', sharesAfter: 'Shares after',
  settled: (number, side) => `${side}, order ${number}`,
  kinds: {OPENING: 'Opening', DEPOSIT: 'Deposit', WITHDRAWAL: 'Withdrawal', ADJUSTMENT: 'Adjustment', SETTLEMENT: 'Settlement'},
  wrongPeriod: 'Choose a first day that is not after the last day.', notLoaded: 'The statement could not be loaded. Try again.',

  prices: 'Prices', stockToShow: 'Stock to show', noPrices: 'No prices are known of this stock.',
  period: 'Period', day: 'Last day', week: 'Last week', all: 'All',
  chart: (code, count, from, to, low, high, last) =>
    `Chart of ${code}: ${count} prices from ${from} to ${to}, between ${low} and ${high}, the last ${last}`,
  asTable: 'The latest prices as a table', time: 'Time', price: 'Price',

  ticket: 'Order ticket', side: 'Side', BUY: 'Buy', SELL: 'Sell', type: 'Type', 0: 'Market', 1: 'Limit',
  quantity: 'Quantity (shares)', limitPrice: 'Limit price (yen)', marketPrice: 'Reckoned at (yen)',
  marketNote: 'A market order fills at up to 50 yen off this price.', limitNote: 'Filled at this price, or not at all.',
  estimate: 'Before you send', amount: 'Amount', fee: 'Fee', tax: 'Tax', cost: 'Estimated cost', proceeds: 'Estimated proceeds',
  place: 'Place order', sending: 'Placing…', checking: 'Checking…', accepted: (number) => `Order ${number} is accepted.`,
  notNumber: 'Enter a number, in digits.', notWhole: 'Enter a whole number, in digits.',
  rules: {},
  mend: 'The order was not placed. See what is marked.',
  noFunds: (required, available) => `Not enough buying power: ${required} is needed, ${available} is available.`,
  noHoldingsToSell: (required, available) => `Not enough shares: ${required} are needed, ${available} are available.`,
  unconfirmed: 'We could not confirm your order. Checking…',
  unresolved: 'We could not confirm your order. Check the order list before you order again.',
  signInToCheck: 'Sign in to confirm your last order.',
  placedBefore: (number) => `Order ${number} was already placed from this ticket. Check the order list.`,
  problems: {
    'unknown-account': 'This account is not open yet. Ask the operator to open it.',
    'account-suspended': 'This account is suspended: it takes no new orders.',
    'account-closed': 'This account is closed.',
  },
  refused: (detail) => `Refused: ${detail}`,

  orders: 'Orders', noOrders: 'No orders yet.', number: 'No.', ordered: 'Ordered', estimatedValue: 'Estimate', status: 'Status',
  action: 'Action', cancel: 'Cancel', cancelOrder: (number) => `Cancel order ${number}`, more: 'Show older orders',
  statuses: {0: 'Open', 1: 'Contracted', 2: 'Failed', 9: 'Cancelled'},
  orderHistory: 'Order history', noMatches: 'No orders match.', historyNotLoaded: 'The orders could not be loaded. Try again.',
  moved: (number, status) => `Order ${number}: ${status}`,
  notOpen: (number) => `Order ${number} is no longer open.`,
  cancelFailed: (number) => `Order ${number} could not be cancelled. Try again.`,
};

const japanese = {
  title: '株式取引', skip: '注文票へ移動',
  endpoints: 'API を試す', description: 'OpenAPI 記述', health: '稼働状況',

  signIn: 'ログイン', signOut: 'ログアウト', signedOut: 'ログインしていません',

  live: 'リアルタイム接続中', connecting: '接続中…', polling: 'リアルタイム接続なし：数秒ごとに更新しています',
  away: '接続が切れました。表示が最新でない可能性があります', partial: '一部の表示が最新でない可能性があります',
  failed: '読み込めませんでした。再試行しています…',

  account: '口座', cash: '預り金', reservedCash: '注文中の拘束金', buyingPower: '買付余力',
  stocksValue: '株式評価額', total: '資産合計',
  accountId: '口座番号', accountOf: (id) => `口座 ${id}`,
  notAccountId: '半角英数字と . _ : @ - を使って 1〜64 文字で入力してください。',
  accountStatuses: {
    SUSPENDED: 'この口座は取引を停止しています。新規のご注文は受け付けられません。注文中のものは引き続き処理されます。',
    CLOSED: 'この口座は閉鎖されています。',
  },
  noAccount: 'この口座の買付余力は表示できません。',

  accounts: '口座管理', allAccounts: 'すべての口座', noAccounts: '口座はまだありません。', moreAccounts: '続きの口座を表示',
  accountsFrom: '口座番号（この番号以降）', find: '検索', opened: '開設日時', openAccount: '口座開設', open: '開設する',
  accountStates: {ACTIVE: '取引可', SUSPENDED: '取引停止', CLOSED: '閉鎖'},
  showAccount: '表示', moveCash: '入出金', suspend: '取引停止', activate: '停止解除', closeAccount: '閉鎖',
  keep: 'キャンセル', actionOn: (action, id) => `${action}：口座 ${id}`,
  isOpen: (id) => `口座 ${id} は開設されています。`, nowIs: (id, state) => `口座 ${id}：${state}`,
  confirmClose: (id) => `口座 ${id} を閉鎖しますか。閉鎖した口座は再開できません。`,
  cashMovement: '入出金', cashType: '区分', amountYen: '金額（円）', reference: '摘要（任意）',
  book: '記帳する', booked: (kind, amount, id) => `口座 ${id} に${kind} ${amount} を記帳しました。`,
  notBooked: '記帳できませんでした。赤枠の項目をご確認ください。',
  cashRules: {
    amount: '1 円以上 1,000,000,000,000 円以下の整数で入力してください。', reference: '制御文字を含まない 100 文字以内で入力してください。',
  },
  cashUnconfirmed: '記帳を確認できませんでした。確認しています…',
  noCash: (required, available) => `出金可能額が足りません：出金額 ${required}、出金可能額 ${available}。`,
  operatorProblems: {
    'not-found': 'このサービスでは口座を管理していません（BUYING_POWER=off）。',
    'unknown-account': 'この口座は開設されていません。先に口座を開設してください。',
    'account-closed': 'この口座は閉鎖されているため、変更できません。',
    'account-not-empty': '注文中の注文、保有株式、または預り金が残っているため、この口座を閉鎖できません。',
    'idempotency-key-reused': '別の入出金が記帳されています。取引明細をご確認ください。',
  },
  tryAgain: 'サービスに接続できませんでした。もう一度お試しください。',

  holdings: '保有株式', noHoldings: '保有株式はありません。', stock: '銘柄', shares: '株数', available: '売却可能',
  costBasis: '取得金額', lastPrice: '現在値', marketValue: '評価額', profit: '評価損益',

  statement: '入出金・取引明細', fromDay: '開始日', toDay: '終了日', saveCsv: 'CSV ダウンロード', moreEntries: '以前の明細を表示',
  noEntries: '明細はありません。', bookedAt: '記帳日時', entry: '摘要', cashAfter: '預り金残高', sharesAfter: '残株数',
  settled: (number, side) => `${side}（注文 ${number}）`,
  kinds: {OPENING: '口座開設', DEPOSIT: '入金', WITHDRAWAL: '出金', ADJUSTMENT: '調整', SETTLEMENT: '受渡'},
  wrongPeriod: '開始日は終了日以前の日付を選択してください。', notLoaded: '明細を読み込めませんでした。もう一度お試しください。',

  prices: '株価', stockToShow: '表示する銘柄', noPrices: 'この銘柄の株価はまだありません。',
  period: '期間', day: '直近1日', week: '直近1週間', all: 'すべて',
  chart: (code, count, from, to, low, high, last) =>
    `${code} のチャート：${from} から ${to} までの ${count} 件、最安 ${low}、最高 ${high}、現在 ${last}`,
  asTable: '最近の株価を表で見る', time: '時刻', price: '株価',

  ticket: '注文票', side: '売買', BUY: '買い', SELL: '売り', type: '種別', 0: '成行', 1: '指値',
  quantity: '数量（株）', limitPrice: '指値（円）', marketPrice: '概算の株価（円）',
  marketNote: '成行注文は、この株価から上下 50 円以内で約定します。', limitNote: 'この株価で約定するか、不成立になります。',
  estimate: '送信前の確認', amount: '約定代金', fee: '手数料', tax: '消費税', cost: '概算支払額', proceeds: '概算受取額',
  place: '注文する', sending: '送信中…', checking: '確認中…', accepted: (number) => `注文 ${number} を受け付けました。`,
  notNumber: '数字で入力してください。', notWhole: '整数で入力してください。',
  rules: {
    stockCode: 'この銘柄は取り扱っていません。',
    orderPrice: '0 円より大きく 10,000,000 円以下、小数は 4 桁までで入力してください。',
    orderQuantity: '1 株以上 10,000,000 株以下で入力してください。',
  },
  mend: '注文は受け付けられませんでした。印のある項目を直してください。',
  noFunds: (required, available) => `買付余力が足りません：必要額 ${required}、買付余力 ${available}。`,
  noHoldingsToSell: (required, available) => `株数が足りません：必要 ${required} 株、売却可能 ${available} 株。`,
  unconfirmed: '注文の受付を確認できませんでした。確認しています…',
  unresolved: '注文の受付を確認できませんでした。再度注文する前に、注文一覧をご確認ください。',
  signInToCheck: 'ログインして、直前の注文の受付状況をご確認ください。',
  placedBefore: (number) => `この注文は注文番号 ${number} ですでに受け付けられています。注文一覧をご確認ください。`,
  problems: {
    'unknown-account': 'この口座はまだ開設されていません。運営者に口座開設をご依頼ください。',
    'account-suspended': 'この口座は取引を停止しているため、新規のご注文は受け付けられません。',
    'account-closed': 'この口座は閉鎖されています。',
  },
  refused: (detail) => `受け付けられませんでした：${detail}`,

  orders: '注文一覧', noOrders: '注文はまだありません。', number: '番号', ordered: '注文日時', estimatedValue: '概算額', status: '状態',
  action: '操作', cancel: '取消', cancelOrder: (number) => `注文 ${number} を取り消す`, more: '以前の注文を表示',
  statuses: {0: '注文中', 1: '約定', 2: '不成立', 9: '取消済'},
  orderHistory: '注文履歴', noMatches: '該当する注文はありません。', historyNotLoaded: '注文を読み込めませんでした。もう一度お試しください。',
  moved: (number, status) => `注文 ${number}：${status}`,
  notOpen: (number) => `注文 ${number} はすでに約定または終了しています。`,
  cancelFailed: (number) => `注文 ${number} を取り消せませんでした。もう一度お試しください。`,
};

export const language = navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en';
export const texts = language === 'ja' ? japanese : english;

const locale = language === 'ja' ? 'ja-JP' : 'en-US';
const yenForm = new Intl.NumberFormat(locale, {style: 'currency', currency: 'JPY', maximumFractionDigits: 4});
const signedForm = new Intl.NumberFormat(locale, {style: 'currency', currency: 'JPY', signDisplay: 'exceptZero'});
const countForm = new Intl.NumberFormat(locale);

/** Yen: a whole amount as BigInt, or a price as a number. */
export const yen = (value) => yenForm.format(value);

/** Yen with a plus or a minus. */
export const signedYen = (value) => signedForm.format(value);

/** A number of shares, or of anything. */
export const count = (value) => countForm.format(value);

/** A date as it is on the wire, 20200607. */
export const date = (number) => String(number).replace(/(\d{4})(\d\d)(\d\d)/, language === 'ja' ? '$1/$2/$3' : '$1-$2-$3');
