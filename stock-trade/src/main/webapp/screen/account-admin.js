// Account administration for operators: list, open, suspend, activate and close accounts, deposit and withdraw, view an account.

import * as api from './api.js';
import {isAccountId} from './account-choice.js';
import {AccountPages} from './account-pages.js';
import {showAccount} from './account-switch.js';
import './cash-form.js';
import {confirmed} from './confirm.js';
import {el, row, table} from './dom.js';
import {formFields} from './form-fields.js';
import {operatorProblemText} from './problem-texts.js';
import {session} from './session.js';
import {texts, yen} from './texts.js';

const HEADS = ['account', 'accountStatus', 'cash', 'reservedCash', 'opened', 'action'];
const {field, setError} = formFields('open');

class AccountAdmin extends HTMLElement {
  #accounts = new AccountPages(api.accounts);
  #table; #more; #message; #alert; #search; #openForm; #cash;

  /** Call after the session has started. Hidden from users who are not operators. */
  show() {
    this.hidden = !session.isOpen || !session.canChooseAccount;
    if (this.hidden) return;
    this.#message = el('p', {role: 'status', class: 'message'});
    this.#alert = el('p', {role: 'alert', class: 'message alert'});
    this.#table = el('div', {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': texts.accounts});
    this.#more = el('button', {type: 'button', hidden: true, click: () => this.#fetch(() => this.#accounts.more())}, texts.moreAccounts);
    this.#openForm = el('form', {novalidate: true, 'aria-labelledby': 'open-title', submit: (event) => this.#open(event),
      input: ({target}) => setError(this.#openForm, target.name, '')},
      el('h3', {id: 'open-title'}, texts.openAccount),
      field('account', texts.accountId, el('input', {name: 'account', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off'})),
      el('button', {type: 'submit', class: 'primary'}, texts.open));
    this.#cash = el('cash-form');
    this.#cash.onBooked = ({account}) => this.#refresh(account);
    this.#search = el('form', {class: 'tools', role: 'search', submit: (event) => this.#find(event)},
      el('label', {}, `${texts.accountsFrom} `, el('input', {name: 'from', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off'})),
      el('button', {type: 'submit'}, texts.find));
    const details = el('details', {toggle: ({target}) => { if (target.open) this.#load(''); }},
      el('summary', {}, el('h2', {}, texts.accounts)), el('div', {class: 'forms'}, this.#openForm, this.#cash),
      this.#search, this.#message, this.#alert, this.#table, this.#more);
    this.replaceChildren(details);
    details.open = this.#cash.isPending;
    this.#cash.resume();
  }

  #load = (from) => this.#fetch(() => this.#accounts.load(from));

  #find(event) {
    event.preventDefault();
    const from = this.#search.elements.from.value.trim();
    if (from === '' || isAccountId(from)) this.#load(from);
    else this.#alert.textContent = texts.notAccountId;
  }

  #fetch = (work) => this.#attempt(async () => {
    await work();
    this.#list();
    return '';
  });

  /** Runs `work` and shows the text that it resolves with, or the error. */
  async #attempt(work) {
    this.#message.textContent = '';
    this.#alert.textContent = '';
    try {
      this.#message.textContent = await work();
    } catch (error) {
      if (!('problemType' in error)) throw error;
      this.#alert.textContent = operatorProblemText(error);
    }
  }

  async #open(event) {
    event.preventDefault();
    const {account} = this.#openForm.elements;
    const id = account.value.trim();
    setError(this.#openForm, 'account', isAccountId(id) ? '' : texts.notAccountId);
    if (!isAccountId(id)) {
      account.focus();
      return;
    }
    await this.#attempt(async () => {
      await this.#put(await api.openAccount(id));
      account.value = '';
      return texts.isOpen(id);
    });
  }

  async #change(id, status) {
    if (status === 'CLOSED' && !await confirmed(texts.confirmClose(id), texts.closeAccount)) return;
    await this.#attempt(async () => {
      await this.#put(await api.changeAccount(id, status));
      return texts.nowIs(id, texts.accountStates[status]);
    });
  }

  /** Fetches the cash of an account again. Its first deposit may have opened it. */
  #refresh = (id) => this.#fetch(async () => {
    if (!this.#accounts.has(id)) return this.#accounts.load(id);
    const {account, cashValue, reservedCash} = await api.accountOf(id);
    return this.#accounts.put({account, cashValue, reservedCash});
  });

  /** Updates an account in the list; loads its page if it is not shown. */
  async #put(changes) {
    if (!this.#accounts.put(changes)) await this.#accounts.load(changes.account);
    this.#list();
  }

  #list() {
    const heads = HEADS.map((name) => texts[name]);
    const focused = this.#table.contains(document.activeElement) ? document.activeElement.closest('tr')?.dataset.account : null;
    const rows = this.#accounts.list.map((account) =>
      row(heads, this.#cells(account), {'data-account': account.account, 'data-status': account.status}));
    this.#table.replaceChildren(rows.length > 0 ? table(texts.accounts, heads, rows) : el('p', {}, texts.noAccounts));
    this.#more.hidden = !this.#accounts.hasMore;
    // The rows were rebuilt: restore the focus.
    if (focused) (this.#table.querySelector(`[data-account="${focused}"] button`) ?? this.#table).focus();
  }

  #cells({account, status, cashValue, reservedCash, openedAt}) {
    const button = (name, click, label = texts[name]) =>
      el('button', {type: 'button', 'aria-label': texts.actionOn(label, account), click}, label);
    const statusButton = (name, next) => button(name, () => this.#change(account, next));
    return [
      account,
      texts.accountStates[status],
      {number: yen(BigInt(cashValue))},
      {number: yen(BigInt(reservedCash))},
      (openedAt ?? '').slice(0, 19).replace('T', ' '),
      el('div', {class: 'actions'}, button('showAccount', () => showAccount(account)),
        ...(status === 'CLOSED' ? [] : [
          button('moveCash', () => this.#cash.start(account)),
          status === 'ACTIVE' ? statusButton('suspend', 'SUSPENDED') : statusButton('activate', 'ACTIVE'),
          statusButton('closeAccount', 'CLOSED'),
        ])),
    ];
  }
}

customElements.define('account-admin', AccountAdmin);
