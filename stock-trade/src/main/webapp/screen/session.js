// The signed-in user, by OIDC: authorization code flow with PKCE, without a client secret. Tokens are stored per tab (sessionStorage):
// a reload stays signed in, another tab or a later visit does not. The content security policy blocks foreign scripts that could
// steal them.

import {AccountChoice, MAIN} from './account-choice.js';
import {claims, dataScope, owner, roles} from './claims.js';

const TOKENS_KEY = 'session';
const SIGN_IN_KEY = 'sign-in';
const RENEW_BEFORE = 30; // seconds before a token expires
const TIMEOUT = 10_000;

const seconds = () => Date.now() / 1_000;
const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const digest = async (text) => base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
const home = () => `${location.origin}/`;

class Session {
  #auth; // {issuer, clientId, scope}; undefined if sign-in is off
  #provider; // its discovery document
  #tokens = JSON.parse(sessionStorage.getItem(TOKENS_KEY));
  #renewal;

  /** The accounts chosen in this tab. */
  accounts = new AccountChoice(sessionStorage);

  /**
   * Starts the session with the `auth` of `/trade/configuration`, and completes a sign-in if the provider has redirected back.
   * Rejects if the provider cannot be reached.
   */
  async start(auth) {
    this.#auth = auth;
    if (!auth) return;
    const response = await fetch(`${auth.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      {signal: AbortSignal.timeout(TIMEOUT)});
    this.#provider = await response.json();
    if (this.#provider.issuer !== auth.issuer) throw new Error('the issuer in the discovery document differs from the configured issuer');
    const callback = new URLSearchParams(location.search);
    if (callback.has('state')) {
      history.replaceState(null, '', '/');
      await this.#completeSignIn(callback);
    }
  }

  /** Whether sign-in is required. */
  get required() {
    return this.#auth !== undefined;
  }

  /** Whether requests can be sent. */
  get isOpen() {
    return !this.required || this.#tokens !== null;
  }

  /** The name of the signed-in user. */
  get name() {
    const {'cognito:username': cognito, preferred_username: preferred, email, sub} = claims(this.#tokens.id);
    return cognito ?? preferred ?? email ?? sub;
  }

  /** Identifies the owner of new orders, across sign-ins; '' without a user and without a chosen account. */
  get owner() {
    return this.#tokens ? this.user : this.account ?? '';
  }

  /** Identifies the signed-in user, across sign-ins; '' if sign-in is off. */
  get user() {
    return this.#tokens ? owner(this.#tokens.id) : '';
  }

  /** Whether the user may place orders. */
  get canTrade() {
    return !this.required || this.#hasRole('trader');
  }

  /** Whether the user may cancel orders. */
  get canCancel() {
    return this.canTrade || this.canChooseAccount;
  }

  /** Whether the user may view any account: an operator, or any user if sign-in is off. */
  get canChooseAccount() {
    return !this.required || this.#hasRole('operator');
  }

  /** The account to name in requests; null if the services use the caller's own account. */
  get account() {
    const chosen = this.canChooseAccount ? this.accounts.chosen : null;
    return chosen === this.defaultAccount ? null : chosen;
  }

  /** The account used unless another is chosen; null if sign-in is on. */
  get defaultAccount() {
    return this.required ? null : MAIN;
  }

  /** Whether the page shows a single account. */
  get hasAccount() {
    return !this.required || !this.canChooseAccount || this.account !== null;
  }

  /** Windows with an equal value may share received data; '' if sign-in is off. */
  get dataScope() {
    return this.#tokens ? dataScope(this.#tokens.access) : '';
  }

  /** Redirects to the provider. */
  async signIn() {
    const request = {state: random(), nonce: random(), verifier: random()};
    sessionStorage.setItem(SIGN_IN_KEY, JSON.stringify(request));
    this.#redirect(this.#provider.authorization_endpoint, {
      response_type: 'code', client_id: this.#auth.clientId, redirect_uri: home(), scope: this.#auth.scope,
      state: request.state, nonce: request.nonce, code_challenge: await digest(request.verifier), code_challenge_method: 'S256',
    });
  }

  /** Signs out here, and at the provider if it has an end-session endpoint. */
  signOut() {
    const hint = this.#tokens.id;
    this.#saveTokens(null);
    const end = this.#provider.end_session_endpoint;
    // Cognito expects logout_uri.
    if (end) this.#redirect(end, {id_token_hint: hint, client_id: this.#auth.clientId, post_logout_redirect_uri: home(), logout_uri: home()});
    else location.reload();
  }

  /** The authorization header of requests; empty if sign-in is off. */
  async authorization() {
    if (!this.#tokens) return {};
    if (this.#tokens.until - RENEW_BEFORE < seconds() && this.#tokens.refresh) await this.#renewOnce();
    return this.#header();
  }

  /**
   * Call when a request with this header got a 401, e.g. because of clock skew. Resolves with true if another token is
   * available for a retry. The session ends if there is no refresh token or the provider rejects it.
   */
  async renewAfter({Authorization: rejected}) {
    if (this.#tokens && this.#header().Authorization === rejected) {
      if (this.#tokens.refresh) await this.#renewOnce();
      else this.end();
    }
    return this.#tokens !== null && this.#header().Authorization !== rejected;
  }

  /** Ends the session and reloads the page, to sign in again. */
  end() {
    if (this.#tokens) {
      this.#saveTokens(null);
      location.reload();
    }
  }

  #hasRole = (role) => this.#tokens !== null && roles(this.#tokens.access).includes(role);

  #header = () => (this.#tokens ? {Authorization: `Bearer ${this.#tokens.access}`} : {});

  #renewOnce() {
    return this.#renewal ??= this.#renew().finally(() => { this.#renewal = undefined; });
  }

  async #completeSignIn(callback) {
    const request = JSON.parse(sessionStorage.getItem(SIGN_IN_KEY));
    sessionStorage.removeItem(SIGN_IN_KEY);
    // Not started in this tab, or denied by the user: the page stays signed out.
    if (callback.get('state') !== request?.state || !callback.has('code')) return;
    const tokens = await this.#fetchTokens({
      grant_type: 'authorization_code', code: callback.get('code'), redirect_uri: home(), code_verifier: request.verifier,
    });
    const {iss, aud, nonce} = claims(tokens.id_token);
    if (iss !== this.#auth.issuer || ![aud].flat().includes(this.#auth.clientId) || nonce !== request.nonce) {
      throw new Error('the ID token does not match this sign-in');
    }
    this.#useTokens(tokens);
  }

  // If the refresh token has expired too, the session ends and the user signs in again.
  async #renew() {
    const renewed = this.#tokens;
    try {
      const tokens = await this.#fetchTokens({grant_type: 'refresh_token', refresh_token: renewed.refresh});
      // Ignore the tokens if the user has signed out meanwhile.
      if (this.#tokens === renewed) this.#useTokens(tokens);
    } catch (failure) {
      if (failure.status >= 400 && failure.status < 500) this.end();
    }
  }

  async #fetchTokens(parameters) {
    const response = await fetch(this.#provider.token_endpoint, {
      method: 'POST', body: new URLSearchParams({client_id: this.#auth.clientId, ...parameters}), signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!response.ok) throw Object.assign(new Error('The token endpoint returned an error'), {status: response.status});
    return response.json();
  }

  #useTokens({access_token: access, refresh_token: refresh = this.#tokens?.refresh, id_token: id = this.#tokens?.id, expires_in: lifetime}) {
    this.#saveTokens({access, refresh, id, until: seconds() + lifetime});
  }

  #saveTokens(tokens) {
    this.#tokens = tokens;
    if (tokens) sessionStorage.setItem(TOKENS_KEY, JSON.stringify(tokens));
    else sessionStorage.removeItem(TOKENS_KEY);
  }

  #redirect(url, parameters) {
    const defined = Object.entries(parameters).filter(([, value]) => value !== undefined);
    location.assign(`${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(defined)}`);
  }
}

/** The session of this tab. */
export const session = new Session();
