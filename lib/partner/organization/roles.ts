/**
 * Who may do what for a partner: the one table that guards, row-level security policies, pages, tests and
 * docs/guides/partner-roles.md read. Every member and every API key in force may read.
 */
export const PARTNER_ROLES = ["owner", "admin", "support", "auditor"] as const;
export type PartnerRole = (typeof PARTNER_ROLES)[number];

export const PARTNER_ABILITIES = {
  /** Invite, change roles, remove. */
  "members.manage": ["owner"],
  "profile.edit": ["owner", "admin"],
  "links.manage": ["owner", "admin"],
  "api_keys.manage": ["owner", "admin"],
  "requests.decide": ["owner", "admin", "support"],
  "requests.note": ["owner", "admin", "support"],
  "mails.resend": ["owner", "admin", "support"],
  "connections.end": ["owner", "admin"],
  /** See the address of the person who submitted a request in full. */
  "customers.contact": ["owner", "admin", "support"],
} as const satisfies Record<string, readonly PartnerRole[]>;
export type PartnerAbility = keyof typeof PARTNER_ABILITIES;

/** What an API key may be given beyond reading, by the names of the same table. */
export const API_KEY_SCOPES = [
  "requests.decide",
  "connections.end",
] as const satisfies readonly PartnerAbility[];
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

export function mayAsRole(role: PartnerRole, ability: PartnerAbility): boolean {
  const roles: readonly PartnerRole[] = PARTNER_ABILITIES[ability];
  return roles.includes(role);
}
