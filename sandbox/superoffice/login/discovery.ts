/** `GET /login/.well-known/openid-configuration`. */
export function describeProvider(url: string): object {
  return {
    issuer: url,
    authorization_endpoint: `${url}/login/common/oauth/authorize`,
    token_endpoint: `${url}/login/common/oauth/tokens`,
    jwks_uri: `${url}/login/.well-known/jwks`,
    scopes_supported: ["openid"],
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
  };
}
