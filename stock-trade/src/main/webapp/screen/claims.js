// What tokens say. They came from the provider itself over TLS, so that their signature proves nothing more to the page.

/** The claims of a JWT. */
export function claims(token) {
  const text = atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
}

/** Identifies a person at a provider, across sign-ins. */
export const owner = (idToken) => {
  const {iss, sub} = claims(idToken);
  return JSON.stringify([iss, sub]);
};

/** The roles that an access token grants, as the services read them. */
export const roles = (accessToken) => {
  const {scope: scopes = '', 'cognito:groups': groups} = claims(accessToken);
  if (groups === undefined) return scopes.split(' ').map((name) => name.split('/').pop());
  return Array.isArray(groups) ? groups : [];
};

/** Identifies who may see the same: the person, and with which rights. Windows share data only if this is the same. */
export const scope = (accessToken) => {
  const {iss, sub, client_id: client, aud, scope: scopes, 'cognito:groups': groups} = claims(accessToken);
  return JSON.stringify([iss, sub, client, aud, scopes, groups]);
};
