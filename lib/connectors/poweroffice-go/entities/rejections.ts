import type { Entity, WriteResult } from "@/lib/connectors/entity";
import { ConnectorError } from "@/lib/connectors/errors";
import { type Refusal, readRefusal } from "@/lib/connectors/read-refusal";

/**
 * What Go says of a record that it does not take. Its errors have a title and a sentence and no code, so these codes are ours,
 * read out of the sentence by `SENTENCES`.
 */
export const rejections: Entity["rejections"] = {
  REFERENCE_IN_USE: "number_in_use",
  NUMBER_IN_USE: "number_in_use",
  NUMBER_OUTSIDE_SERIES: "number_outside_series",
  CUSTOMER_NOT_FOUND: "customer_unknown",
  PRODUCT_NOT_FOUND: "product_unknown",
  PRODUCT_GROUP_NOT_FOUND: "product_group_unknown",
  ACCOUNT_NOT_FOUND: "account_unknown",
  VAT_CODE_NOT_FOUND: "vat_unknown",
  PAYMENT_TERM_NOT_FOUND: "payment_terms_invalid",
  CURRENCY_NOT_ACTIVE: "currency_unknown",
  EMAIL_REQUIRED: "delivery_address_missing",
  NOT_REGISTERED_IN_ELMA: "delivery_address_missing",
  DELIVERY_TYPE_NOT_ALLOWED: "field_invalid",
  ORGANIZATION_NUMBER_INVALID: "business_id_invalid",
  UNIT_NOT_FOUND: "unit_unknown",
  NAME_REQUIRED: "field_missing",
  TOO_LONG: "field_too_long",
  VALUE_INVALID: "field_invalid",
  NOT_EDITABLE: "locked_at_vendor",
};

/**
 * The sentence that each code stands for, and the field it is about; the first that fits counts. The first one and those of
 * patches are from the vendor's document, "… with … not found" is its form for all references; the rest is ours, by what its
 * document says is refused.
 */
const SENTENCES: readonly [code: string, sentence: RegExp, field?: string][] = [
  ["REFERENCE_IN_USE", /externalimportreference is already in use/i],
  ["NUMBER_IN_USE", /\bnumber is already in use/i],
  ["NUMBER_OUTSIDE_SERIES", /number ?series/i, "number"],
  ["CUSTOMER_NOT_FOUND", /^(customer|contact) with .* not found/i],
  ["PRODUCT_GROUP_NOT_FOUND", /^product ?group with .* not found/i, "productGroup"],
  ["PRODUCT_NOT_FOUND", /^product with .* not found/i],
  ["ACCOUNT_NOT_FOUND", /\baccount with .* not found/i],
  ["VAT_CODE_NOT_FOUND", /\bvat ?code with .* not found/i],
  ["PAYMENT_TERM_NOT_FOUND", /^payment ?term with .* not found/i, "paymentTermDays"],
  ["CURRENCY_NOT_ACTIVE", /^currency with .* (not found|not active)/i, "currency"],
  ["EMAIL_REQUIRED", /pdfbyemail .*e-?mail/i, "email"],
  ["NOT_REGISTERED_IN_ELMA", /\belma\b/i, "organizationNumber"],
  ["DELIVERY_TYPE_NOT_ALLOWED", /^invoicedeliverytype .* cannot be set/i, "deliveryType"],
  ["ORGANIZATION_NUMBER_INVALID", /organization ?number .*(invalid|not valid)/i, "organizationNumber"],
  ["UNIT_NOT_FOUND", /unit ?of ?measure/i, "unit"],
  ["NAME_REQUIRED", /^(first|last)?name\b.* (must be set|is required)/i, "name"],
  ["TOO_LONG", /(maximum|max) length|too long/i],
  ["NOT_EDITABLE", /(can ?not|cannot) be (edited|changed)|is not editable/i],
  ["VALUE_INVALID", /is invalid for/i],
];

/** What a refusal of one record comes to; everything else is thrown again, since it may have had an effect. */
export function readGoRefusal(error: unknown): Extract<WriteResult, { kind: "rejected" | "waiting" }> {
  // A reference of the record that Go does not know is 404 as well.
  if (!(error instanceof ConnectorError) || !["rejected", "not_found"].includes(error.kind)) throw error;
  return readRefusal(rejections, error.answer.messages.map(toRefusal));
}

/** `Customer validation error(s): Name must be set.` */
function toRefusal(message: string): Refusal {
  const sentence = message.replace(/^[^:]*(?:error\(s\)|not found|cast object\(s\)|conflict): /i, "");
  const known = SENTENCES.find(([, pattern]) => pattern.test(sentence));
  return { field: known?.[2] ?? null, code: known?.[0] ?? null, words: message };
}
