import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import {
  defineEntity,
  type LookUpResult,
  type RowProblem,
  type VendorRecord,
  type WriteInput,
  type WriteResult,
} from "@/lib/connectors/entity";
import { ConnectorError } from "@/lib/connectors/errors";
import { omitUndefined } from "@/lib/connectors/omit-undefined";
import { readRefusal } from "@/lib/connectors/read-refusal";
import { beforeSending } from "@/lib/connectors/vendor-answer";
import { toCountryName } from "../countries";
import { type Caller, toCaller } from "../token";
import { type CustomerRow, type CustomerSettings, customerRow, customerSettings } from "./customer-fields";
import { findOtherCharacters, isBusinessId } from "./field-rules";
import {
  findRegistered,
  hasFields,
  type Registered,
  saveRegistered,
  searchRegister,
  textAt,
} from "./register";
import { type Fields, readRefusals, rejections } from "./rejections";

type Input = WriteInput<CustomerRow, CustomerSettings>;

const REGISTER = { path: "/businesspartners", idName: "id" } as const;
/** Paths of `BusinessPartner` that are fields of ours. */
const FIELDS: Fields = {
  name: "name",
  "address.name": "name",
  "address.street": "street",
  "address.zip": "postalCode",
  "address.city": "city",
  "address.country": "country",
  "invoicingInfo.customerNumber": "customerNumber",
  "invoicingInfo.identifier": "businessId",
  "invoicingInfo.invoiceChannel": "channel",
  "invoicingInfo.email": "email",
  "invoicingInfo.contactPerson": "contactPerson",
  "invoicingInfo.language": "language",
  "invoicingInfo.einvoiceAddress": "eInvoiceAddress",
  "invoicingInfo.einvoiceOperator": "eInvoiceOperator",
  "paymentInfo.paymentTermDays": "paymentTermDays",
  "paymentInfo.currency": "currency",
  "registryInfo.phone": "phone",
};

/** Customers of the company's register. A customer is never deleted or made inactive. */
export const customers = defineEntity<string, typeof customerRow, typeof customerSettings>({
  id: "customers",
  keyField: "customerNumber",
  schema: customerRow,
  settings: customerSettings,
  samples: { name: "Esimerkki Oy", email: "billing@example.com" },
  rights: [{ path: "sales.customerRegister", level: "ALL_RIGHTS" }],
  check,
  write,
  lookUp,
  rejections,
});

function check(row: CustomerRow, settings: CustomerSettings): RowProblem[] {
  const problems = findOtherCharacters(row);
  const needs = (field: keyof CustomerRow) => {
    if (row[field] === undefined) problems.push({ field, cause: "delivery_address_missing" });
  };
  const channel = row.channel ?? settings.channel;
  if (channel === "EMAIL") needs("email");
  if (channel === "ELECTRONIC_INVOICE")
    for (const one of ["eInvoiceAddress", "eInvoiceOperator"] as const) needs(one);
  if (channel === "MAIL") for (const one of ["street", "postalCode", "city"] as const) needs(one);
  if (row.country !== undefined && toCountryName(row.country) === null)
    problems.push({ field: "country", cause: "field_invalid" });
  if (row.businessId !== undefined && isFinnish(row) && !isBusinessId(row.businessId))
    problems.push({ field: "businessId", cause: "business_id_invalid" });
  return problems;
}

const isFinnish = ({ country }: CustomerRow): boolean => (country ?? "FI") === "FI";

async function write(context: ConnectorContext, key: HeldKey, input: Input): Promise<WriteResult> {
  const caller = toCaller(key);
  const { written } = input;
  const there = written && (await beforeSending(findRegistered(context, caller, REGISTER, written.vendorId)));
  const fields = there === null ? makeNewCustomer(input) : makeFields(input.row);
  if (there && hasFields(there, fields)) return { kind: "written", wasCreated: false, ...toRecord(there) };
  try {
    const saved = await saveRegistered(context, caller, REGISTER, { there, fields });
    return { kind: "written", wasCreated: there === null, ...toRecord(saved) };
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "rejected") throw error;
    return readRefusal(rejections, readRefusals(error, FIELDS));
  }
}

/** The fields that the row has, by the names of `BusinessPartner`. */
function makeFields(row: CustomerRow): Record<string, unknown> {
  return omitUndefined({
    name: row.name,
    address: omitUndefined({
      name: row.name,
      street: row.street,
      zip: row.postalCode,
      city: row.city,
      country: row.country && (toCountryName(row.country) ?? undefined),
    }),
    invoicingInfo: omitUndefined({
      customerNumber: row.customerNumber,
      identifier: row.businessId,
      // YHD is the vendor's word for a Finnish business id; other countries have their codes.
      identifierType: row.businessId && (isFinnish(row) ? "YHD" : row.country),
      invoiceChannel: row.channel,
      contactPerson: row.contactPerson,
      language: row.language,
      email: row.email,
      einvoiceAddress: row.eInvoiceAddress,
      einvoiceOperator: row.eInvoiceOperator,
    }),
    paymentInfo: omitUndefined({ paymentTermDays: row.paymentTermDays, currency: row.currency }),
    registryInfo: row.phone && { phone: row.phone },
  });
}

function makeNewCustomer({ row, settings, mark }: Input): Record<string, unknown> {
  const { channel, language, currency, paymentTermDays } = settings;
  const country = row.country ?? "FI";
  return {
    ...makeFields({ channel, language, currency, paymentTermDays, ...row, country }),
    type: "CUSTOMER",
    paymentInfo: {
      paymentMethod: "BANK_TRANSFER",
      paymentTermDays: row.paymentTermDays ?? paymentTermDays,
      currency: row.currency ?? currency,
    },
    registryInfo: omitUndefined({ active: true, phone: row.phone }),
    additionalInfo: { comments2: markText(mark) },
  };
}

/** The register tells nothing of who made a record: a comment does, which is on no invoice. */
const markText = (mark: string): string => `Kytkin ${mark}`;

const toRecord = (customer: Registered): VendorRecord => ({
  vendorId: String(customer.id),
  label: textAt(customer, "invoicingInfo", "customerNumber"),
});

/**
 * What has the number, active or not. Ours carries our mark, or is the same counterparty, as after a reconnection.
 */
async function lookUp(context: ConnectorContext, key: HeldKey, input: Input): Promise<LookUpResult | null> {
  const caller = toCaller(key);
  const tell = (found: Registered): LookUpResult => ({
    kind: "ours",
    isSame: hasFields(found, makeFields(input.row)),
    ...toRecord(found),
  });
  if (input.written) {
    const known = await findRegistered(context, caller, REGISTER, input.written.vendorId);
    return known && tell(known);
  }
  const candidates = await listByNumber(context, caller, input.row.customerNumber);
  const takesOver = input.settings.takeOverExisting === "YES";
  const ours = candidates.find((one) => isOurs(input, one)) ?? (takesOver ? candidates[0] : undefined);
  if (ours) return tell(ours);
  if (candidates.length === 0) return null;
  return { kind: "foreign", vendorWords: candidates.map(describeCustomer).join("\n") };
}

/** Each is read in full, since a search tells neither comments nor addresses. */
async function listByNumber(
  context: ConnectorContext,
  caller: Caller,
  customerNumber: string,
): Promise<Registered[]> {
  const found: Registered[] = [];
  for (const active of ["true", "false"]) {
    const rows = await searchRegister(context, caller, REGISTER, {
      type: "CUSTOMER",
      customerNumber,
      active,
    });
    for (const row of rows) {
      if (textAt(row, "invoicingInfo", "customerNumber") !== customerNumber) continue;
      const whole = await findRegistered(context, caller, REGISTER, String(row.id));
      if (whole) found.push(whole);
    }
  }
  return found;
}

function isOurs({ row, mark }: Input, found: Registered): boolean {
  if (textAt(found, "additionalInfo", "comments2") === markText(mark)) return true;
  const businessId = textAt(found, "invoicingInfo", "identifier");
  return businessId !== null && row.businessId !== undefined
    ? businessId === row.businessId
    : textAt(found, "name") === row.name;
}

const describeCustomer = (found: Registered): string =>
  [
    textAt(found, "invoicingInfo", "customerNumber"),
    textAt(found, "name"),
    textAt(found, "invoicingInfo", "identifier"),
  ]
    .filter(Boolean)
    .join(", ");
