// All texts of the page, in Japanese if the browser's language is Japanese, else in English.

const english = {
  title: 'Stock trading', skip: 'Skip to the order ticket',
  endpoints: 'API explorer', description: 'OpenAPI description', health: 'Health',

  signIn: 'Sign in', signOut: 'Sign out', signedOut: 'Not signed in',

  live: 'Live', connecting: 'Connecting…', polling: 'No live connection. Updating every few seconds.',
  unreachable: 'Connection lost. Data may be out of date.', partial: 'Some data may be out of date.',
  failed: 'Could not be loaded. Trying again…',

  account: 'Account', cash: 'Cash', reservedCash: 'Reserved for open orders', buyingPower: 'Buying power',
  stocksValue: 'Market value of stocks', total: 'Total assets',
  accountId: 'Account ID', accountOf: (id) => `Account ${id}`,
  notAccountId: 'Enter 1 to 64 letters, digits or . _ : @ -',
  accountStatuses: {
    SUSPENDED: 'This account is suspended. New orders are not accepted. Open orders still settle.', CLOSED: 'This account is closed.',
  },
  noAccount: 'Buying power is not available for this account.',

  accounts: 'Accounts', allAccounts: 'All accounts', noAccounts: 'No accounts yet.', moreAccounts: 'Show more accounts',
  accountsFrom: 'Account IDs from', find: 'Find', opened: 'Opened', openAccount: 'Open an account', open: 'Open',
  accountStatus: 'Status', accountStates: {ACTIVE: 'Active', SUSPENDED: 'Suspended', CLOSED: 'Closed'},
  showAccount: 'Show', moveCash: 'Deposit or withdraw', suspend: 'Suspend', activate: 'Activate', closeAccount: 'Close',
  dismiss: 'Cancel', actionOn: (action, id) => `${action}: account ${id}`,
  isOpen: (id) => `Account ${id} is open.`, nowIs: (id, state) => `Account ${id}: ${state}`,
  confirmClose: (id) => `Close account ${id}? A closed account cannot be reopened.`,
  cashMovement: 'Deposit or withdraw', cashType: 'Type', amountYen: 'Amount (yen)', reference: 'Reference (optional)',
  book: 'Book', booked: (kind, amount, id) => `${kind} of ${amount} booked to account ${id}.`,
  notBooked: 'Nothing was booked. Fix the highlighted fields.',
  cashUnconfirmed: 'We could not confirm the booking. Checking…',
  noCash: (required, available) => `Insufficient cash. Requested: ${required}. Available: ${available}.`,

  holdings: 'Holdings', noHoldings: 'No holdings.', stock: 'Stock', shares: 'Shares', available: 'Available to sell',
  costBasis: 'Cost basis', lastPrice: 'Last price', marketValue: 'Market value', profit: 'Unrealized P/L',

  statement: 'Statement', fromDay: 'From', toDay: 'To', saveCsv: 'Download CSV', moreEntries: 'Show older entries',
  noEntries: 'No entries.', bookedAt: 'Booked', entry: 'Entry', amount: 'Amount', cashAfter: 'Cash after', sharesAfter: 'Shares after',
  settled: (number, side) => `${side}, order ${number}`,
  kinds: {OPENING: 'Opening', DEPOSIT: 'Deposit', WITHDRAWAL: 'Withdrawal', ADJUSTMENT: 'Adjustment', SETTLEMENT: 'Settlement'},
  wrongPeriod: 'The From date must not be after the To date.', notLoaded: 'The statement could not be loaded. Try again.',

  prices: 'Prices', stockToShow: 'Stock to show', noPrices: 'No prices for this stock yet.',
  period: 'Period', day: 'Last day', week: 'Last week', all: 'All',
  chart: (code, count, from, to, low, high, last) =>
    `Price chart of ${code}: ${count} prices from ${from} to ${to}. Low ${low}, high ${high}, last ${last}.`,
  asTable: 'Show the latest prices as a table', time: 'Time', price: 'Price',

  ticket: 'Order ticket', side: 'Side', BUY: 'Buy', SELL: 'Sell', type: 'Type', 0: 'Market', 1: 'Limit',
  quantity: 'Quantity (shares)', limitPrice: 'Limit price (yen)', marketPrice: 'Estimated price (yen)',
  marketNote: 'Fills within ¥50 of this price (simulated).', limitNote: 'Fills at your limit price or expires.',
  estimate: 'Order summary', orderAmount: 'Amount', fee: 'Fee', tax: 'Tax', cost: 'Estimated cost', proceeds: 'Estimated proceeds',
  place: 'Place order', sending: 'Placing…', checking: 'Checking…', accepted: (number) => `Order ${number} accepted.`,
  notPrice: 'Enter a price, e.g. 2650 or 2650.5', notWhole: 'Enter a whole number, e.g. 100',
  fixFields: 'The order was not placed. Fix the highlighted fields.',
  noFunds: (required, available) => `Insufficient buying power. Required: ${required}. Available: ${available}.`,
  noHoldingsToSell: (required, available) => `Insufficient shares. Required: ${required}. Available to sell: ${available}.`,
  unconfirmed: 'We could not confirm your order. Checking…',
  unresolved: 'We could not confirm your order. Check the order list before you order again.',
  signInToCheck: 'Sign in to confirm your last order.',
  placedBefore: (number) => `Order ${number} was already placed from this ticket. Check the order list.`,

  orders: 'Orders', noOrders: 'No orders yet.', number: 'No.', ordered: 'Ordered', orderPrice: 'Price', estimatedValue: 'Estimated value',
  status: 'Status', action: 'Action', cancel: 'Cancel', cancelOrder: (number) => `Cancel order ${number}`, more: 'Show older orders',
  statuses: {0: 'Open', 1: 'Filled', 2: 'Not filled', 9: 'Cancelled'},
  orderHistory: 'Order history', noMatches: 'No orders match.', historyNotLoaded: 'The orders could not be loaded. Try again.',
  statusChanged: (number, status) => `Order ${number}: ${status}`,
  notOpen: (number) => `Order ${number} is no longer open and cannot be cancelled.`,
  cancelFailed: (number) => `Order ${number} could not be cancelled. Try again.`,

  // By field, for an input that the service rejects. Other fields show the service's detail.
  rules: {
    stockCode: 'Select a stock.',
    orderPrice: 'Enter a price above 0, up to 10,000,000 yen, with at most 4 decimals.',
    orderQuantity: 'Enter 1 to 10,000,000 shares.',
    account: 'Enter 1 to 64 letters, digits or . _ : @ -',
    amount: 'Enter 1 to 1,000,000,000,000 yen.',
    reference: 'Enter at most 100 characters, without control characters.',
  },
  invalid: (detail) => detail,
  // By problem type. Other types show the service's detail, which is in English.
  problems: {
    'forbidden': 'You do not have permission to do this.',
    'unknown-account': 'This account is not open yet. Ask the operator to open it.',
    'account-suspended': 'This account is suspended. New orders are not accepted.',
    'account-closed': 'This account is closed.',
  },
  operatorProblems: {
    'not-found': 'Accounts are not available on this service (BUYING_POWER=off).',
    'unknown-account': 'This account is not open. Open it first.',
    'account-closed': 'This account is closed and cannot be changed.',
    'idempotency-key-reused': 'Another deposit or withdrawal was booked instead of this one. Check the statement.',
  },
  unavailable: 'The service is not available. Try again.',
  rejected: (detail) => `Rejected: ${detail}`,
};

const japanese = {
  title: '株式取引', skip: '注文入力へ移動',
  endpoints: 'API エクスプローラー', description: 'OpenAPI 定義', health: '稼働状況',

  signIn: 'ログイン', signOut: 'ログアウト', signedOut: 'ログインしていません',

  live: 'リアルタイム更新中', connecting: '接続中…', polling: 'リアルタイム接続がありません。数秒ごとに更新しています。',
  unreachable: '接続が切れました。表示が最新でない可能性があります。', partial: '一部の表示が最新でない可能性があります。',
  failed: '読み込めませんでした。再試行しています…',

  account: '口座', cash: '預り金', reservedCash: '注文中の拘束金', buyingPower: '買付余力',
  stocksValue: '株式評価額', total: '資産合計',
  accountId: '口座番号', accountOf: (id) => `口座 ${id}`,
  notAccountId: '半角英数字と . _ : @ - を使って1〜64文字で入力してください。',
  accountStatuses: {
    SUSPENDED: 'この口座は取引を停止しています。新規のご注文は受け付けられません。発注済みのご注文は引き続き処理されます。',
    CLOSED: 'この口座は閉鎖されています。',
  },
  noAccount: 'この口座の買付余力は表示できません。',

  accounts: '口座管理', allAccounts: 'すべての口座', noAccounts: '口座はまだありません。', moreAccounts: '続きの口座を表示',
  accountsFrom: '口座番号（この番号以降）', find: '検索', opened: '開設日時', openAccount: '口座開設', open: '開設する',
  accountStatus: '口座状況', accountStates: {ACTIVE: '取引可', SUSPENDED: '取引停止', CLOSED: '閉鎖'},
  showAccount: '表示', moveCash: '入出金', suspend: '取引停止', activate: '停止解除', closeAccount: '閉鎖',
  dismiss: 'キャンセル', actionOn: (action, id) => `${action}：口座 ${id}`,
  isOpen: (id) => `口座 ${id} は開設済みです。`, nowIs: (id, state) => `口座 ${id}：${state}`,
  confirmClose: (id) => `口座 ${id} を閉鎖しますか？閉鎖した口座は再開できません。`,
  cashMovement: '入出金', cashType: '区分', amountYen: '金額（円）', reference: '摘要（任意）',
  book: '登録する', booked: (kind, amount, id) => `口座 ${id} の${kind} ${amount}を登録しました。`,
  notBooked: '登録できませんでした。赤枠の項目をご確認ください。',
  cashUnconfirmed: '登録を確認できませんでした。確認しています…',
  noCash: (required, available) => `出金可能額が不足しています。出金額：${required}、出金可能額：${available}`,

  holdings: '保有株式', noHoldings: '保有株式はありません。', stock: '銘柄', shares: '株数', available: '売却可能株数',
  costBasis: '取得金額', lastPrice: '現在値', marketValue: '評価額', profit: '評価損益',

  statement: '入出金・取引明細', fromDay: '開始日', toDay: '終了日', saveCsv: 'CSV ダウンロード', moreEntries: '以前の明細を表示',
  noEntries: '明細はありません。', bookedAt: '記帳日時', entry: '摘要', amount: '受渡金額', cashAfter: '預り金残高', sharesAfter: '残株数',
  settled: (number, side) => `${side}（注文番号 ${number}）`,
  kinds: {OPENING: '口座開設', DEPOSIT: '入金', WITHDRAWAL: '出金', ADJUSTMENT: '調整', SETTLEMENT: '受渡'},
  wrongPeriod: '開始日は終了日以前の日付を指定してください。', notLoaded: '明細を読み込めませんでした。もう一度お試しください。',

  prices: '株価', stockToShow: '表示する銘柄', noPrices: 'この銘柄の株価はまだありません。',
  period: '期間', day: '直近1日', week: '直近1週間', all: 'すべて',
  chart: (code, count, from, to, low, high, last) =>
    `${code} の株価チャート：${from} から ${to} まで${count}件、安値 ${low}、高値 ${high}、現在値 ${last}`,
  asTable: '直近の株価を表で表示', time: '時刻', price: '株価',

  ticket: '注文入力', side: '売買', BUY: '買い', SELL: '売り', type: '注文種別', 0: '成行', 1: '指値',
  quantity: '数量（株）', limitPrice: '指値（円）', marketPrice: '参考価格（円）',
  marketNote: '参考価格の上下50円以内で約定します（模擬取引）。', limitNote: '指定した価格で約定しない場合は失効します。',
  estimate: '注文内容の確認', orderAmount: '概算約定代金', fee: '手数料', tax: '消費税',
  cost: '概算受渡金額（支払）', proceeds: '概算受渡金額（受取）',
  place: '注文する', sending: '発注中…', checking: '確認中…', accepted: (number) => `ご注文を受け付けました（注文番号 ${number}）。`,
  notPrice: '半角数字で価格を入力してください（例：2650、2650.5）。', notWhole: '半角の整数で入力してください（例：100）。',
  fixFields: 'ご注文は受け付けられませんでした。赤枠の項目をご確認ください。',
  noFunds: (required, available) => `買付余力が不足しています。必要額：${required}、買付余力：${available}`,
  noHoldingsToSell: (required, available) => `売却可能株数が不足しています。注文株数：${required}株、売却可能株数：${available}株`,
  unconfirmed: 'ご注文の受付を確認できませんでした。確認しています…',
  unresolved: 'ご注文の受付を確認できませんでした。再度注文される前に、注文一覧をご確認ください。',
  signInToCheck: 'ログインして、直前のご注文の受付状況をご確認ください。',
  placedBefore: (number) => `このご注文はすでに受け付けられています（注文番号 ${number}）。注文一覧をご確認ください。`,

  orders: '注文一覧', noOrders: 'ご注文はまだありません。', number: '注文番号', ordered: '注文日時', orderPrice: '注文単価',
  estimatedValue: '概算受渡金額', status: '注文状況', action: '操作', cancel: '取消',
  cancelOrder: (number) => `注文番号 ${number} を取り消す`, more: '以前の注文を表示',
  statuses: {0: '注文中', 1: '約定', 2: '失効', 9: '取消済'},
  orderHistory: '注文履歴', noMatches: '該当する注文はありません。', historyNotLoaded: '注文を読み込めませんでした。もう一度お試しください。',
  statusChanged: (number, status) => `注文番号 ${number}：${status}`,
  notOpen: (number) => `注文番号 ${number} はすでに約定、失効または取消済のため、取り消せません。`,
  cancelFailed: (number) => `注文番号 ${number} を取り消せませんでした。もう一度お試しください。`,

  rules: {
    stockCode: '銘柄を選択してください。',
    orderPrice: '0円を超え10,000,000円以下の価格を、小数第4位までで入力してください。',
    orderQuantity: '1株以上10,000,000株以下で入力してください。',
    account: '半角英数字と . _ : @ - を使って1〜64文字で入力してください。',
    amount: '1円以上1,000,000,000,000円以下で入力してください。',
    reference: '制御文字を含まない100文字以内で入力してください。',
  },
  invalid: () => '入力内容をご確認ください。',
  problems: {
    'invalid-input': '入力内容に誤りがあります。入力内容をご確認ください。',
    'unauthorized': 'ログインの有効期限が切れています。もう一度ログインしてください。',
    'forbidden': 'この操作を行う権限がありません。',
    'not-found': '対象のデータが見つかりません。',
    'order-not-open': 'このご注文はすでに約定、失効または取消済です。',
    'account-not-empty': '未約定のご注文、保有株式、または預り金が残っているため、この口座を閉鎖できません。',
    'too-large': '入力内容が長すぎます。',
    'idempotency-key-reused': '同じ受付番号で別の内容がすでに受け付けられています。注文一覧をご確認ください。',
    'insufficient-funds': '買付余力が不足しています。',
    'insufficient-holdings': '売却可能株数が不足しています。',
    'unknown-account': 'この口座はまだ開設されていません。運営者に口座開設をご依頼ください。',
    'account-suspended': 'この口座は取引を停止しているため、新規のご注文は受け付けられません。',
    'account-closed': 'この口座は閉鎖されています。',
    'unavailable': 'ただいまサービスをご利用いただけません。しばらくしてからもう一度お試しください。',
  },
  operatorProblems: {
    'not-found': 'このサービスでは口座管理をご利用いただけません（BUYING_POWER=off）。',
    'unknown-account': 'この口座は開設されていません。先に口座を開設してください。',
    'account-closed': 'この口座は閉鎖されているため、変更できません。',
    'idempotency-key-reused': '別の入出金がすでに登録されています。入出金・取引明細をご確認ください。',
  },
  unavailable: 'サービスに接続できませんでした。もう一度お試しください。',
  rejected: (detail, status) => `受け付けられませんでした（エラーコード：${status}）。`,
};

export const language = navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en';
export const texts = language === 'ja' ? japanese : english;

const locale = language === 'ja' ? 'ja-JP' : 'en-US';
const countForm = new Intl.NumberFormat(locale);

// Japanese brokers write 1,000円; the currency style would write ￥1,000.
const yenFormat = (options) => {
  const style = language === 'ja' ? {} : {style: 'currency', currency: 'JPY'};
  const {format} = new Intl.NumberFormat(locale, {...style, ...options});
  return language === 'ja' ? (value) => `${format(value)}円` : format;
};

/** Yen: a whole amount as BigInt, or a price as a number. */
export const yen = yenFormat({maximumFractionDigits: 4});

/** Yen with a plus or minus sign, except for 0. */
export const signedYen = yenFormat({signDisplay: 'exceptZero'});

/** A number of shares, or of anything. */
export const count = (value) => countForm.format(value);

/** A date in wire format, 20200607, as text. */
export const date = (number) => String(number).replace(/(\d{4})(\d\d)(\d\d)/, language === 'ja' ? '$1/$2/$3' : '$1-$2-$3');
