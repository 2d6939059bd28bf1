// Reads claims from tokens. The provider sent them over TLS, so the page does not need to verify the signature.

/** The claims of a JWT. */
export function claims(token) {
  const text = atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
}

/** Identifies a user at a provider, across sign-ins. */
export const owner = (idToken) => {
  const {iss, sub} = claims(idToken);
  return JSON.stringify([iss, sub]);
};

/** The roles that an access token grants, by the same rule as in the services. */
export const roles = (accessToken) => {
  const {scope: scopes = '', 'cognito:groups': groups} = claims(accessToken);
  if (groups === undefined) return scopes.split(' ').map((name) => name.split('/').pop());
  return Array.isArray(groups) ? groups : [];
};

/** Identifies the user and the granted rights. Windows share data only if this is equal. */
export const dataScope = (accessToken) => {
  const {iss, sub, client_id: client, aud, scope: scopes, 'cognito:groups': groups} = claims(accessToken);
  return JSON.stringify([iss, sub, client, aud, scopes, groups]);
};
