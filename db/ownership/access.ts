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
export const ofPartner: Access = { using: "partner_id = kytkin.partner_id()" };
export const system = { select: everything, insert: everything, update: everything, delete: everything };
