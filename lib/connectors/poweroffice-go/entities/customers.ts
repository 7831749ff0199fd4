import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import {
  defineEntity,
  type LookUpResult,
  type RowProblem,
  type VendorRecord,
  type WriteResult,
} from "@/lib/connectors/entity";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { beforeSending } from "@/lib/connectors/vendor-answer";
import { sendChange } from "../call-vendor";
import { formatRange } from "../number-ranges";
import { readRegister } from "../read-register";
import {
  type CustomerInput,
  type CustomerReferences,
  checkCustomer,
  makeCustomerFields,
  makeNewCustomer,
} from "./customer-body";
import { customerRow, customerSettings } from "./customer-fields";
import { findPaymentTerm, readSeries } from "./registers";
import { readGoRefusal, rejections } from "./rejections";
import { findRecord, innerTextOf, makePatch, type StoredRecord, storedRecord, textOf } from "./stored-record";

/** Customers of the sales ledger, numbered inside the series of the client. A customer is never deleted or archived. */
export const customers = defineEntity<string, typeof customerRow, typeof customerSettings>({
  id: "customers",
  keyField: "customerId",
  schema: customerRow,
  settings: customerSettings,
  samples: {
    name: "Eksempel AS",
    email: "invoices@example.com",
    street: "Storgata 1",
    postalCode: "0155",
    city: "Oslo",
  },
  rights: [
    { path: "Customer", level: "Full" },
    { path: "CommonServices", level: "Read" },
  ],
  check: checkCustomer,
  write,
  lookUp,
  rejections,
});

async function write(context: ConnectorContext, key: HeldKey, input: CustomerInput): Promise<WriteResult> {
  const { written } = input;
  const there = written && (await beforeSending(findCustomer(context, key, written.vendorId)));
  const { problems, references } = await beforeSending(findReferences(context, key, input, there));
  if (problems.length > 0) return { kind: "rejected", problems };
  try {
    if (there === null) return await create(context, key, input, references);
    const patch = makePatch(there, makeCustomerFields(input, references));
    if (patch.length > 0) {
      const operation = "PATCH /Customers/{id}";
      const path = `/Customers/${encodeURIComponent(there.id)}`;
      await sendChange(context, key, { operation, method: "PATCH", path, body: patch });
    }
    return {
      kind: "written",
      wasCreated: false,
      ...toRecord(there),
      ...(input.row.number && { label: input.row.number }),
    };
  } catch (error) {
    return readGoRefusal(error);
  }
}

async function create(
  context: ConnectorContext,
  key: HeldKey,
  input: CustomerInput,
  references: CustomerReferences,
): Promise<WriteResult> {
  const operation = "POST /Customers";
  const body = makeNewCustomer(input, references);
  const answer = await sendChange(context, key, { operation, method: "POST", path: "/Customers", body });
  return {
    kind: "written",
    wasCreated: true,
    ...toRecord(parseAnswer(context, operation, storedRecord, answer)),
  };
}

const toRecord = (customer: StoredRecord): VendorRecord => ({
  vendorId: customer.id,
  label: textOf(customer, "Number"),
});

const findCustomer = (context: ConnectorContext, key: HeldKey, id: string): Promise<StoredRecord | null> =>
  findRecord(context, key, "GET /Customers/{id}", `/Customers/${encodeURIComponent(id)}`);

/** What the row and the settings name in the client's registers, or what of it is not there. */
async function findReferences(
  context: ConnectorContext,
  key: HeldKey,
  { row, settings }: CustomerInput,
  there: StoredRecord | null,
): Promise<{ problems: RowProblem[]; references: CustomerReferences }> {
  const problems: RowProblem[] = [];
  const days = row.paymentTermDays ?? (there === null ? settings.paymentTermDays : undefined);
  const term = days === undefined ? null : await findPaymentTerm(context, key, days);
  if (term && "known" in term)
    problems.push({ field: "paymentTermDays", cause: "payment_terms_invalid", vendorWords: term.known });
  const series = await readSeries(context, key);
  const isInside = (number: number): boolean =>
    series.some(({ FromInclusive, ToInclusive }) => number >= FromInclusive && number <= ToInclusive);
  if (
    row.number !== undefined &&
    textOf(there ?? {}, "Number") !== row.number &&
    !isInside(Number(row.number))
  ) {
    const ranges = series.map(({ FromInclusive, ToInclusive }) =>
      formatRange({ from: FromInclusive, to: ToInclusive }),
    );
    problems.push({ field: "number", cause: "number_outside_series", vendorWords: ranges.join(", ") });
  }
  const own = series.find(({ Name }) => Name === settings.numberSeries);
  if (there === null && row.number === undefined && settings.numberSeries !== undefined && !own)
    problems.push({
      field: "number",
      cause: "number_outside_series",
      vendorWords: `${settings.numberSeries}: ${series.map(({ Name }) => Name).join(", ")}`,
    });
  return {
    problems,
    references: {
      paymentTermId: term && "id" in term ? term.id : undefined,
      seriesId: own?.Id ?? undefined,
    },
  };
}

/**
 * What has the row's id or its number. Go tells nothing of who made a customer: ours carries our mark, or is the same
 * counterparty under the sender's id, as after a reconnection.
 */
async function lookUp(
  context: ConnectorContext,
  key: HeldKey,
  input: CustomerInput,
): Promise<LookUpResult | null> {
  const { row, settings, written } = input;
  const fieldsFor = async (found: StoredRecord) =>
    makeCustomerFields(input, (await findReferences(context, key, input, found)).references);
  const tell = async (found: StoredRecord): Promise<LookUpResult> => ({
    kind: "ours",
    isSame: makePatch(found, await fieldsFor(found)).length === 0,
    ...toRecord(found),
  });
  if (written) {
    const known = await findCustomer(context, key, written.vendorId);
    return known && tell(known);
  }
  const takesOver = settings.takeOverExisting === "YES";
  const own = await findDeliveredCustomer(context, key, row.customerId);
  if (own)
    return takesOver || isOurs(input, own)
      ? tell(own)
      : { kind: "foreign", vendorWords: describeCustomer(own) };
  if (row.number === undefined) return null;
  const other = await findNumberedCustomer(context, key, row.number);
  if (!other) return null;
  return takesOver ? tell(other) : { kind: "foreign", vendorWords: describeCustomer(other) };
}

const listCustomers = (context: ConnectorContext, key: HeldKey, query: Record<string, string>) =>
  readRegister(context, key, { path: "/Customers", query }, storedRecord);

/** The customer that has a sender's id. */
export async function findDeliveredCustomer(
  context: ConnectorContext,
  key: HeldKey,
  customerId: string,
): Promise<StoredRecord | null> {
  const found = await listCustomers(context, key, { externalImportReference: customerId });
  return found.find((one) => textOf(one, "ExternalImportReference") === customerId) ?? null;
}

/** The customer that has a number of Go. */
export async function findNumberedCustomer(
  context: ConnectorContext,
  key: HeldKey,
  number: string,
): Promise<StoredRecord | null> {
  const found = await listCustomers(context, key, { customerNos: number });
  return found.find((one) => textOf(one, "Number") === number) ?? null;
}

function isOurs({ row, mark }: CustomerInput, found: StoredRecord): boolean {
  if (innerTextOf(found, "MailAddress", "ExternalCode") === mark) return true;
  const organizationNumber = textOf(found, "OrganizationNumber");
  if (organizationNumber !== null && row.organizationNumber !== undefined)
    return organizationNumber === row.organizationNumber;
  return row.name === undefined
    ? textOf(found, "FirstName") === row.firstName && textOf(found, "LastName") === row.lastName
    : textOf(found, "Name") === row.name;
}

const describeCustomer = (found: StoredRecord): string =>
  [
    textOf(found, "Number"),
    textOf(found, "Name") ??
      [textOf(found, "FirstName"), textOf(found, "LastName")].filter(Boolean).join(" "),
    textOf(found, "OrganizationNumber"),
  ]
    .filter(Boolean)
    .join(", ");
