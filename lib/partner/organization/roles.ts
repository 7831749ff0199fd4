/**
 * Who may do what for a partner: the one table that guards, row-level security policies, pages, tests and
 * docs/guides/partner-roles.md read. Every member may read everything of the partner; an API key may do what it was given.
 */
export const PARTNER_ROLES = ["owner", "admin", "support", "auditor"] as const;
export type PartnerRole = (typeof PARTNER_ROLES)[number];

export const PARTNER_ABILITIES = {
  /** Invite, change roles, remove. */
  "members.manage": ["owner"],
  "profile.edit": ["owner", "admin"],
  /** What the vendors gave the partner, without the secrets, which no page shows. */
  "applications.read": ["owner", "admin", "support", "auditor"],
  /** Enter, try, replace and delete it. */
  "applications.manage": ["owner", "admin"],
  "specifications.read": ["owner", "admin", "support", "auditor"],
  /** Make integrations, write drafts, submit, withdraw and publish versions. */
  "specifications.edit": ["owner", "admin"],
  "links.read": ["owner", "admin", "support", "auditor"],
  /** Links, link sessions and the addresses that they may lead back to. */
  "links.manage": ["owner", "admin"],
  /** What happened to requests and connections, as webhooks tell it. */
  "events.read": ["owner", "admin", "support", "auditor"],
  "webhooks.read": ["owner", "admin", "support", "auditor"],
  /** Endpoints, their secrets, and sending again. */
  "webhooks.manage": ["owner", "admin"],
  "api_keys.manage": ["owner", "admin"],
  "requests.read": ["owner", "admin", "support", "auditor"],
  "requests.decide": ["owner", "admin", "support"],
  "requests.note": ["owner", "admin", "support"],
  "mails.resend": ["owner", "admin", "support"],
  "connections.read": ["owner", "admin", "support", "auditor"],
  "connections.end": ["owner", "admin"],
  /** Call vendors through the gateway. Of software alone: a person has no use for it. */
  gateway: [],
  /** Deliver rows and read records through the gateway; of software alone too. */
  records: [],
  /** Pause a connection and take the own pause back; setting the day of an end needs `connections.end` too. */
  "connections.pause": ["owner", "admin", "support"],
  /** See the address of the person who submitted a request in full. */
  "customers.contact": ["owner", "admin", "support"],
} as const satisfies Record<string, readonly PartnerRole[]>;
export type PartnerAbility = keyof typeof PARTNER_ABILITIES;

/** What an API key may be given, by the names of the same table; each call of the partner API names the one that it needs. */
export const API_KEY_SCOPES = [
  "requests.read",
  "requests.decide",
  "connections.read",
  "connections.end",
  "applications.read",
  "specifications.read",
  "links.read",
  "links.manage",
  "events.read",
  "webhooks.read",
  "webhooks.manage",
  "api_keys.manage",
  "gateway",
  "records",
] as const satisfies readonly PartnerAbility[];
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** The calls that there were before keys had scopes: what a key has that was made without any. */
export const FORMER_SCOPES = [
  "requests.read",
  "requests.decide",
  "connections.read",
  "connections.end",
] as const satisfies readonly ApiKeyScope[];

export function mayAsRole(role: PartnerRole, ability: PartnerAbility): boolean {
  const roles: readonly PartnerRole[] = PARTNER_ABILITIES[ability];
  return roles.includes(role);
}
