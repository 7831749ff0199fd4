/**
 * Why a row was not written, or is not written yet: stable codes that the API, the error inbox and result files share. Their
 * words are `causes.<code>` in the messages, and `causesAt.<connector>.<code>` where the vendor's own screens have to be
 * named. A connector maps the vendor's codes to these; a new code is a line here and its words in every language.
 */

/** Who can mend it: the software or person that sends the rows, the customer at the vendor, or the customer here. */
type MendedBy = "sender" | "customer_at_vendor" | "customer_here" | "nobody";

/** The row is at its end as it is: `rejected`. It may be fixed, which makes a new row, or sent again. */
export const REJECTION_CAUSES = {
  /** What came is no JSON object. */
  row_unreadable: "sender",
  field_missing: "sender",
  field_invalid: "sender",
  field_unknown: "sender",
  field_too_long: "sender",
  /** A JSON number where an amount is wanted as text: floating point has no place in money. */
  amount_not_text: "sender",
  character_not_allowed: "sender",
  totals_disagree: "sender",
  date_order: "sender",
  vat_unknown: "customer_here",
  account_unknown: "customer_here",
  unit_unknown: "sender",
  currency_unknown: "customer_here",
  payment_terms_invalid: "customer_here",
  bank_account_missing: "customer_at_vendor",
  bank_reference_invalid: "sender",
  customer_unknown: "customer_at_vendor",
  product_unknown: "customer_at_vendor",
  product_group_unknown: "customer_at_vendor",
  number_outside_series: "sender",
  /** The vendor's list does not have the value, and nothing is added to it. */
  list_value_unknown: "customer_at_vendor",
  /** A field of the customer's own that the vendor system does not have. */
  custom_field_missing: "customer_at_vendor",
  delivery_address_missing: "sender",
  business_id_invalid: "sender",
  /** The vendor's object has left the state in which it may be changed, e.g. an invoice that was sent. */
  locked_at_vendor: "customer_at_vendor",
  parent_rejected: "sender",
  parent_ring: "sender",
  waited_too_long: "sender",
  /** A person said that the row shall not be written. */
  dismissed: "nobody",
  connection_ended: "nobody",
  /** The vendor refused with a code that the connector's table lacks: shown raw, and counted for the operator. */
  vendor_refused: "customer_at_vendor",
} as const satisfies Record<string, MendedBy>;

/** The row is fine and cannot be written yet: `waiting`, until the cause is seen to have ended. */
export const WAITING_CAUSES = {
  /** The settings that the entity needs were not chosen for this connection. */
  settings_missing: "customer_here",
  period_closed: "customer_at_vendor",
  /** Something at the vendor that is not ours has the key. */
  number_in_use: "customer_at_vendor",
  /** It was written, and the vendor's totals differ from the row's by more than its rounding. */
  total_differs: "customer_at_vendor",
  parent_missing: "sender",
  /** What a credit note credits is at the vendor, and was not sent there yet. */
  not_invoiced: "customer_at_vendor",
  rights_missing: "customer_at_vendor",
} as const satisfies Record<string, MendedBy>;

export type RejectionCause = keyof typeof REJECTION_CAUSES;
export type WaitingCause = keyof typeof WAITING_CAUSES;
export type Cause = RejectionCause | WaitingCause;

const CAUSES: Record<Cause, MendedBy> = { ...REJECTION_CAUSES, ...WAITING_CAUSES };

export const CAUSE_CODES: readonly string[] = Object.keys(CAUSES);

export function isCause(code: string): code is Cause {
  return Object.hasOwn(CAUSES, code);
}

export function mendedBy(cause: Cause): MendedBy {
  return CAUSES[cause];
}
