/** What a key of the partner API may do: each call names the one that it needs. */
export const API_SCOPES = [
  "requests:read",
  "requests:write",
  "connections:read",
  "connections:write",
  "specifications:read",
  "links:read",
  "links:write",
  "events:read",
  "webhooks:read",
  "webhooks:write",
  "keys:write",
] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** The calls that there were before keys had scopes. */
export const FORMER_SCOPES = [
  "requests:read",
  "requests:write",
  "connections:read",
  "connections:write",
] as const satisfies readonly ApiScope[];
