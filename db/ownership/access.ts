import {
  API_KEY_SCOPES,
  type ApiKeyScope,
  PARTNER_ABILITIES,
  type PartnerAbility,
} from "@/lib/partner/organization/roles";
import type { ScopeName } from "../scopes";

export type Access = {
  /** Rows that can be read, changed or deleted. */
  using?: string;
  /** What a new or changed row must satisfy; `using` when left out. */
  check?: string;
  /** Only these columns; all when left out. */
  columns?: readonly string[];
};
type TableOwnership = Partial<
  Record<ScopeName, { select?: Access; insert?: Access; update?: Access; delete?: Access }>
>;
export type Ownership = Record<string, TableOwnership>;

export const everything: Access = { using: "true" };
/** Whoever enters the scope without being an operator finds nothing: a page that forgets to ask gives nothing away. */
export const ifOperator: Access = { using: "(select kytkin.is_operator())" };
export const ofAccount: Access = { using: "account_id = kytkin.account_id()" };
/** Of the draft that the guest has in hand: nothing once it was taken back, from the next statement on. */
export const ofGuest = (column: string): Access => ({ using: `${column} = (select kytkin.guest_draft())` });
/** In a subquery of its own, so that the membership or key behind it is read once for each statement. */
export const PARTNER_ID = "(select kytkin.partner_id())";
export const ofPartner: Access = { using: `partner_id = ${PARTNER_ID}` };

const isKeyScope = (ability: PartnerAbility): ability is ApiKeyScope =>
  API_KEY_SCOPES.some((scope) => scope === ability);

/** Whether the member's role, or the API key's scopes, have an ability of the table in `lib/partner/organization/roles.ts`. */
export function ifPartnerMay(ability: PartnerAbility): string {
  const roles = PARTNER_ABILITIES[ability].map((role) => `'${role}'`).join(", ");
  const asMember = `(select kytkin.partner_role()) in (${roles})`;
  return isKeyScope(ability)
    ? `(${asMember} or '${ability}' = any ((select kytkin.api_key_scopes())::text[]))`
    : asMember;
}
/** Rows of the partner, for those of its members and keys who have one of the abilities. */
export const ofPartnerWho = (...abilities: [PartnerAbility, ...PartnerAbility[]]): Access => ({
  using: `${ofPartner.using} and (${abilities.map(ifPartnerMay).join(" or ")})`,
});
/** Of the one connection that a partner's key delivers to through the gateway, while the key may. */
export const GATEWAY_CONNECTION = "(select kytkin.gateway_connection())";
export const ofGateway: Access = { using: `connection_id = ${GATEWAY_CONNECTION}` };
/** The connection row that the gateway sees is the one that it delivers to. */
export const newOfGateway: Access = {
  check: `${ofGateway.using} and account_id = (select c.account_id from connections c)
    and partner_id = (select c.partner_id from connections c)`,
};
export const ofGatewayPartner: Access = { using: "partner_id = (select kytkin.gateway_partner())" };
export const system = { select: everything, insert: everything, update: everything, delete: everything };
