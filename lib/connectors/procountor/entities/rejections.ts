import type { Entity } from "@/lib/connectors/entity";
import type { ConnectorError } from "@/lib/connectors/errors";
import type { Refusal } from "@/lib/connectors/read-refusal";

/**
 * What Procountor says of a record that it does not take. Its list of validation codes is not public; these were seen in
 * its documents and in the logs of public clients. `<FIELD>_INVALID` and `<FIELD>_BLANK` stand for its prose "Value of the
 * '<field>' field is invalid" and "… cannot be blank".
 */
export const rejections: Entity["rejections"] = {
  CLOSED_FISCAL_PERIOD: "period_closed",
  TRACKING_PERIOD_CLOSED: "period_closed",
  VAT_PERCENT_NOT_IN_USE: "vat_unknown",
  VATPERCENT_INVALID: "vat_unknown",
  VATSTATUS_INVALID: "vat_unknown",
  VATSTATUS_BLANK: "vat_unknown",
  ERROR_BRN_CODE: "business_id_invalid",
  IDENTIFIER_INVALID: "business_id_invalid",
  UNSUPPORTED_CHARACTERS: "character_not_allowed",
  INVOICE_STATUS_DOES_NOT_ALLOW_EDITING: "locked_at_vendor",
  DUEDATE_INVALID: "payment_terms_invalid",
  CURRENCY_INVALID: "currency_unknown",
  CURRENCYRATE_INVALID: "currency_unknown",
  ACCOUNTNUMBER_INVALID: "bank_account_missing",
  BANKACCOUNT_BLANK: "bank_account_missing",
  BANKREFERENCECODE_INVALID: "bank_reference_invalid",
  UNIT_INVALID: "unit_unknown",
  PRODUCTID_INVALID: "product_unknown",
  PARTNERID_INVALID: "customer_unknown",
  EMAIL_BLANK: "delivery_address_missing",
  EMAIL_INVALID: "delivery_address_missing",
  STREET_BLANK: "delivery_address_missing",
  ZIP_BLANK: "delivery_address_missing",
  CITY_BLANK: "delivery_address_missing",
  ADDRESS_BLANK: "delivery_address_missing",
  ADDRESS_INVALID: "delivery_address_missing",
  OPERATOR_BLANK: "delivery_address_missing",
  NAME_BLANK: "field_missing",
  PRODUCT_BLANK: "field_missing",
  COUNTRY_BLANK: "field_missing",
  COUNTRY_INVALID: "field_invalid",
  ORIGINALINVOICENUMBER_INVALID: "field_too_long",
  VAT_INVALID: "vat_unknown",
  DEFAULTACCOUNT_INVALID: "account_unknown",
  PAYMENTTERMDAYS_INVALID: "payment_terms_invalid",
  INVOICECHANNEL_INVALID: "field_invalid",
  NAME_INVALID: "field_too_long",
  CODE_INVALID: "field_too_long",
};

/** Paths of a record of the vendor that are fields of ours. */
export type Fields = Readonly<Record<string, string>>;

/** Those of `Invoice`, without the places of rows. */
const FIELDS: Fields = {
  originalInvoiceNumber: "invoiceNumber",
  date: "date",
  "paymentInfo.dueDate": "dueDate",
  "paymentInfo.currency": "currency",
  "paymentInfo.currencyRate": "currencyRate",
  "paymentInfo.bankReferenceCode": "reference",
  "counterParty.email": "email",
  "counterParty.identifier": "customerBusinessId",
  "counterParty.customerNumber": "customerNumber",
  "counterParty.contactPersonName": "contactPerson",
  "counterParty.counterPartyAddress.name": "customerName",
  "counterParty.counterPartyAddress.street": "street",
  "counterParty.counterPartyAddress.zip": "postalCode",
  "counterParty.counterPartyAddress.city": "city",
  "counterParty.counterPartyAddress.country": "country",
  "counterParty.einvoiceAddress.address": "eInvoiceAddress",
  "counterParty.einvoiceAddress.operator": "eInvoiceOperator",
  invoiceChannel: "channel",
  language: "language",
  orderReference: "orderReference",
  additionalInformation: "message",
  invoiceRows: "lines",
};
const LINE_FIELDS = [
  "product",
  "productCode",
  "quantity",
  "unit",
  "unitPrice",
  "discountPercent",
  "vatPercent",
  "comment",
];

/** Each thing that the vendor said is wrong, as `vendor-answer.ts` keeps it: `field: message`, or a message alone. */
export function readRefusals(error: ConnectorError, fields: Fields = FIELDS): Refusal[] {
  return error.answer.messages.map((text) => {
    const [, path = null, message = text] = /^([A-Za-z][\w.[\]]*): (.+)$/su.exec(text) ?? [];
    return { field: path === null ? null : toField(path, fields), code: toCode(message), words: message };
  });
}

function toCode(message: string): string | null {
  if (/^[A-Z][A-Z0-9_]+$/.test(message)) return message;
  const [, path, kind] =
    /^Value of the '([\w.[\]]+)'(?: field)? (is invalid|cannot be blank)/.exec(message) ?? [];
  if (path === undefined) return null;
  const field = path.split(".").at(-1) ?? path;
  return `${field.toUpperCase()}_${kind === "is invalid" ? "INVALID" : "BLANK"}`;
}

function toField(path: string, fields: Fields): string | null {
  const [, index, name = ""] = /^invoiceRows\[?\.?(\d+)\]?\.?(\w*)$/.exec(path) ?? [];
  if (index !== undefined) return LINE_FIELDS.includes(name) ? `lines.${index}.${name}` : `lines.${index}`;
  return Object.hasOwn(fields, path) ? (fields[path] ?? null) : null;
}
