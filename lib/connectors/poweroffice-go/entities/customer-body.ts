import type { RowProblem, WriteInput } from "@/lib/connectors/entity";
import { omitUndefined } from "@/lib/connectors/omit-undefined";
import { type CustomerRow, type CustomerSettings, DELIVERY_TYPES } from "./customer-fields";

export type CustomerInput = WriteInput<CustomerRow, CustomerSettings>;

/** What of a new customer is looked up at the vendor. */
export type CustomerReferences = { paymentTermId: number | undefined; seriesId: string | undefined };

/** The fields that the row has, by the names of `CustomerPostDto` and of patches. */
export function makeCustomerFields(
  { row, mark }: CustomerInput,
  { paymentTermId }: CustomerReferences,
): Record<string, unknown> {
  return omitUndefined({
    ExternalImportReference: row.customerId,
    Number: row.number === undefined ? undefined : Number(row.number),
    IsPerson: row.name === undefined,
    Name: row.name,
    FirstName: row.firstName,
    LastName: row.lastName,
    OrganizationNumber: row.organizationNumber,
    EmailAddress: row.email,
    InvoiceEmailAddress: row.email,
    PhoneNumber: row.phone,
    MailAddress: makeAddress(row, mark),
    InvoiceDeliveryType: row.deliveryType && DELIVERY_TYPES[row.deliveryType],
    PaymentTermId: paymentTermId,
    CurrencyCode: row.currency,
    IsVatFree: row.isVatFree && row.isVatFree === "YES",
  });
}

/** `CustomerPostDto`: what the row leaves out is as the connection's settings say. */
export function makeNewCustomer(
  input: CustomerInput,
  references: CustomerReferences,
): Record<string, unknown> {
  const { row, settings } = input;
  return omitUndefined({
    InvoiceDeliveryType: DELIVERY_TYPES[settings.deliveryType],
    CurrencyCode: settings.currency,
    // A number says which series it is of.
    SubLedgerNumberSeriesId: row.number === undefined ? references.seriesId : undefined,
    ...makeCustomerFields(input, references),
  });
}

/** The mark stands in a field that Go's screens do not show, and tells whose record it is: Go's customers do not name their maker. */
function makeAddress(row: CustomerRow, mark: string): Record<string, unknown> | undefined {
  const { street, street2, postalCode, city, country } = row;
  if (postalCode === undefined || city === undefined) return undefined;
  return omitUndefined({
    AddressLine1: street,
    AddressLine2: street2,
    ZipCode: postalCode,
    City: city,
    CountryCode: country ?? "NO",
    ExternalCode: mark,
  });
}

/** What the schema cannot say of a customer. Makes no call. */
export function checkCustomer(row: CustomerRow, settings: CustomerSettings): RowProblem[] {
  const missing = (field: keyof CustomerRow, cause: RowProblem["cause"] = "field_missing"): RowProblem[] =>
    row[field] === undefined ? [{ field, cause }] : [];
  const problems: RowProblem[] = [];
  if (row.name === undefined)
    problems.push(
      ...(row.firstName === undefined && row.lastName === undefined
        ? missing("name")
        : [...missing("firstName"), ...missing("lastName")]),
    );
  else if (row.firstName !== undefined || row.lastName !== undefined)
    problems.push({ field: "name", cause: "field_invalid" });
  const hasAddress = [row.street, row.street2, row.postalCode, row.city].some((one) => one !== undefined);
  if (hasAddress) problems.push(...missing("postalCode"), ...missing("city"));
  const way = row.deliveryType ?? settings.deliveryType;
  if (way === "EMAIL") problems.push(...missing("email", "delivery_address_missing"));
  if (way === "EHF") problems.push(...missing("organizationNumber", "delivery_address_missing"));
  const isNorwegian = (row.country ?? "NO") === "NO";
  if (row.organizationNumber !== undefined && isNorwegian && !isOrganizationNumber(row.organizationNumber))
    problems.push({ field: "organizationNumber", cause: "business_id_invalid" });
  return problems;
}

/** Eight digits and a check digit, weighted 3 2 7 6 5 4 3 2 modulo 11. */
function isOrganizationNumber(text: string): boolean {
  const [, digits = "", check] = /^(\d{8})(\d)$/.exec(text) ?? [];
  if (check === undefined) return false;
  const weights = [3, 2, 7, 6, 5, 4, 3, 2];
  const rest = weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11;
  return rest !== 1 && Number(check) === (rest === 0 ? 0 : 11 - rest);
}
