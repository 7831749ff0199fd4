/** Names of what is sealed for a grant: each candidate has a key, and while it is used a token made with it. */
export const keyNameOf = (candidateId: string): string => `key/${candidateId}`;
export const tokenNameOf = (candidateId: string): string => `access_token/${candidateId}`;
