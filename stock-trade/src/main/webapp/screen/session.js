// Who uses the page, by OIDC: authorization code with PKCE, without a secret. Tokens are kept in the tab (sessionStorage),
// so that a reload does not sign out and another tab or a later visit starts anew; scripts of others, who could take them,
// the content security policy keeps away.

import {AccountChoice, MAIN} from './account-choice.js';
import {claims, owner, roles, scope} from './claims.js';

const KEPT = 'session';
const BEGUN = 'sign-in';
const MARGIN = 30; // seconds before its end at which a token is renewed
const TIMEOUT = 10_000;

const seconds = () => Date.now() / 1_000;
const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const digest = async (text) => base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
const home = () => `${location.origin}/`;

class Session {
  #auth; // {issuer, clientId, scope}; absent where everybody may call
  #provider; // its discovery document
  #tokens = JSON.parse(sessionStorage.getItem(KEPT));
  #renewal;

  /** The accounts chosen in this tab. */
  accounts = new AccountChoice(sessionStorage);

  /** Takes what `/trade/configuration` says; ends a sign-in that comes back. Rejects when the provider cannot be reached. */
  async begin(auth) {
    this.#auth = auth;
    if (!auth) return;
    const response = await fetch(`${auth.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      {signal: AbortSignal.timeout(TIMEOUT)});
    this.#provider = await response.json();
    if (this.#provider.issuer !== auth.issuer) throw new Error('the provider goes by another name');
    const answer = new URLSearchParams(location.search);
    if (answer.has('state')) {
      history.replaceState(null, '', '/');
      await this.#finish(answer);
    }
  }

  /** Whether people sign in at all. */
  get wanted() {
    return this.#auth !== undefined;
  }

  /** Whether calls can be made. */
  get open() {
    return !this.wanted || this.#tokens !== null;
  }

  /** Who is signed in. */
  get name() {
    const {'cognito:username': cognito, preferred_username: preferred, email, sub} = claims(this.#tokens.id);
    return cognito ?? preferred ?? email ?? sub;
  }

  /** Identifies whose orders are placed, across sign-ins; '' if nobody is signed in and no account was chosen. */
  get owner() {
    return this.#tokens ? this.person : this.account ?? '';
  }

  /** Identifies who is signed in, across sign-ins; '' if nobody signs in. */
  get person() {
    return this.#tokens ? owner(this.#tokens.id) : '';
  }

  /** Whether orders can be placed. */
  get trades() {
    return !this.wanted || this.#has('trader');
  }

  /** Whether orders can be cancelled. */
  get cancels() {
    return this.trades || this.choosesAccount;
  }

  /** Whether the page may show any account: an operator, or everybody if nobody signs in. */
  get choosesAccount() {
    return !this.wanted || this.#has('operator');
  }

  /** The account that requests name; null if they name none, so that the services take the caller's own. */
  get account() {
    const chosen = this.choosesAccount ? this.accounts.chosen : null;
    return chosen === this.defaultAccount ? null : chosen;
  }

  /** The account if none was chosen; null for an operator, who has none. */
  get defaultAccount() {
    return this.wanted ? null : MAIN;
  }

  /** Whether there is one account to show. */
  get hasAccount() {
    return !this.wanted || !this.choosesAccount || this.account !== null;
  }

  /** Identifies which windows may share what they receive; '' if nobody signs in. */
  get scope() {
    return this.#tokens ? scope(this.#tokens.access) : '';
  }

  /** Leaves the page, for the provider's. */
  async signIn() {
    const begun = {state: random(), nonce: random(), verifier: random()};
    sessionStorage.setItem(BEGUN, JSON.stringify(begun));
    this.#leave(this.#provider.authorization_endpoint, {
      response_type: 'code', client_id: this.#auth.clientId, redirect_uri: home(), scope: this.#auth.scope,
      state: begun.state, nonce: begun.nonce, code_challenge: await digest(begun.verifier), code_challenge_method: 'S256',
    });
  }

  /** Here, and where the provider can, there. */
  signOut() {
    const hint = this.#tokens.id;
    this.#keep(null);
    const end = this.#provider.end_session_endpoint;
    // Cognito calls it logout_uri.
    if (end) this.#leave(end, {id_token_hint: hint, client_id: this.#auth.clientId, post_logout_redirect_uri: home(), logout_uri: home()});
    else location.reload();
  }

  /** The header that calls are made with: none where nobody signs in. */
  async authorization() {
    if (!this.#tokens) return {};
    if (this.#tokens.until - MARGIN < seconds() && this.#tokens.refresh) await this.#renewOnce();
    return this.#header();
  }

  /**
   * A request with this header was answered 401, e.g. because the clocks differ. Resolves with whether there is another
   * token to send it with. Without a refresh token, or if the provider refuses it, the session ends.
   */
  async renewAfter({Authorization: refused}) {
    if (this.#tokens && this.#header().Authorization === refused) {
      if (this.#tokens.refresh) await this.#renewOnce();
      else this.end();
    }
    return this.#tokens !== null && this.#header().Authorization !== refused;
  }

  /** Ends the session: the page begins anew, to sign in again. */
  end() {
    if (this.#tokens) {
      this.#keep(null);
      location.reload();
    }
  }

  #has = (role) => this.#tokens !== null && roles(this.#tokens.access).includes(role);

  #header = () => (this.#tokens ? {Authorization: `Bearer ${this.#tokens.access}`} : {});

  #renewOnce() {
    return this.#renewal ??= this.#renew().finally(() => { this.#renewal = undefined; });
  }

  async #finish(answer) {
    const begun = JSON.parse(sessionStorage.getItem(BEGUN));
    sessionStorage.removeItem(BEGUN);
    // Not begun here, or not agreed to: nobody is signed in, and the page says so.
    if (answer.get('state') !== begun?.state || !answer.has('code')) return;
    const tokens = await this.#ask({
      grant_type: 'authorization_code', code: answer.get('code'), redirect_uri: home(), code_verifier: begun.verifier,
    });
    const {iss, aud, nonce} = claims(tokens.id_token);
    if (iss !== this.#auth.issuer || ![aud].flat().includes(this.#auth.clientId) || nonce !== begun.nonce) {
      throw new Error('the provider tells of another sign-in');
    }
    this.#take(tokens);
  }

  // By the refresh token; when that has ended too, by signing in again.
  async #renew() {
    const renewed = this.#tokens;
    try {
      const tokens = await this.#ask({grant_type: 'refresh_token', refresh_token: renewed.refresh});
      // Whoever signed out meanwhile stays so.
      if (this.#tokens === renewed) this.#take(tokens);
    } catch (failure) {
      if (failure.status >= 400 && failure.status < 500) this.end();
    }
  }

  async #ask(parameters) {
    const response = await fetch(this.#provider.token_endpoint, {
      method: 'POST', body: new URLSearchParams({client_id: this.#auth.clientId, ...parameters}), signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!response.ok) throw Object.assign(new Error('no token'), {status: response.status});
    return response.json();
  }

  #take({access_token: access, refresh_token: refresh = this.#tokens?.refresh, id_token: id = this.#tokens?.id, expires_in: life}) {
    this.#keep({access, refresh, id, until: seconds() + life});
  }

  #keep(tokens) {
    this.#tokens = tokens;
    if (tokens) sessionStorage.setItem(KEPT, JSON.stringify(tokens));
    else sessionStorage.removeItem(KEPT);
  }

  #leave(url, parameters) {
    const defined = Object.entries(parameters).filter(([, value]) => value !== undefined);
    location.assign(`${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(defined)}`);
  }
}

/** The one of this tab. */
export const session = new Session();
