import type { Answer } from "../../web/answer-call";
import { booksOf, findStored, takeId, takeTime } from "../books";
import { CURRENCIES, PAYMENT_TERMS } from "../data/chart";
import type { Books, Client, Stored } from "../model";
import { type ApiCall, list, ok, problem, readObject, requirePrivilege } from "./api-call";
import { applyPatch } from "./json-patch";

/** What may be written of a customer; `SubLedgerNumberSeriesId` and `PaymentTerm` only when it is made. */
const FIELDS = [
  ...[
    "Number",
    "Name",
    "FirstName",
    "LastName",
    "IsPerson",
    "LegalName",
    "OrganizationNumber",
    "EmailAddress",
  ],
  ...["InvoiceEmailAddress", "InvoiceDeliveryType", "PhoneNumber", "MailAddress", "PaymentTermId"],
  ...["CurrencyCode", "IsVatFree", "IsArchived", "ExternalImportReference", "ExternalNumber"],
];
const FIELDS_OF_NEW = [...FIELDS, "PaymentTerm", "SubLedgerNumberSeriesId"];
const TITLE = "Customer validation error(s)";
const DELIVERY_TYPES = ["PdfByEmail", "Print", "EHF", "External", "Factoring"];

export function listCustomers(call: ApiCall): Answer {
  const client = requirePrivilege(call, "Customer", "Customer_Full");
  const { searchParams } = call.exchange.url;
  const ranges = searchParams.get("customerNos")?.split(",").map(readRange);
  const reference = searchParams.get("externalImportReference")?.trim() || null;
  const rows = booksOf(call.standIn, client)
    .customers.filter(({ Number: number }) => isInRanges(ranges, number))
    .filter((row) => reference === null || row.ExternalImportReference === reference);
  return list(call, rows);
}

export const isInRanges = (ranges: [number, number][] | undefined, value: unknown): boolean =>
  ranges?.some(([from, to]) => Number(value) >= from && Number(value) <= to) ?? true;

/** `10000-11000`, `12000` or `13000-`. */
export function readRange(text: string): [number, number] {
  const match = /^(\d+)(-)?(\d+)?$/.exec(text.trim());
  if (!match) throw problem(400, "Invalid resourceParameter", `customerNos: ${text} is not a range.`);
  const from = Number(match[1]);
  if (match[2] === undefined) return [from, from];
  return [from, match[3] === undefined ? Number.MAX_SAFE_INTEGER : Number(match[3])];
}

export function getCustomer(call: ApiCall): Answer {
  const client = requirePrivilege(call, "Customer", "Customer_Full");
  return ok(requireCustomer(call, client));
}

function requireCustomer(call: ApiCall, client: Client): Stored {
  const id = call.exchange.param("id");
  const found = findStored(booksOf(call.standIn, client).customers, id);
  if (!found) throw problem(404, "Object(s) not found", `Customer with id = ${id} not found.`);
  return found;
}

export async function postCustomer(call: ApiCall): Promise<Answer> {
  const client = requirePrivilege(call, "Customer_Full");
  const body = await readObject(call, FIELDS_OF_NEW);
  const books = booksOf(call.standIn, client);
  const { SubLedgerNumberSeriesId: seriesId, PaymentTerm: _days, ...rest } = body;
  const number = body.Number ?? nextNumber(client, books, seriesId);
  const id = takeId(books);
  const customer: Stored = {
    IsPerson: false,
    IsArchived: false,
    InvoiceDeliveryType: "Print",
    CurrencyCode: "NOK",
    ...rest,
    Id: id,
    Number: number,
    SubledgerAccountId: id,
    IsActive: true,
    ContactCreatedDateTimeOffset: takeTime(),
    CustomerCreatedDateTimeOffset: takeTime(),
    LastChangedDateTimeOffset: takeTime(),
  };
  judge(client, books, customer);
  books.customers.push(customer);
  call.standIn.store.save();
  return { status: 201, body: customer };
}

export async function patchCustomer(call: ApiCall): Promise<Answer> {
  const client = requirePrivilege(call, "Customer_Full");
  const customer = requireCustomer(call, client);
  const patch = await call.exchange.readJson();
  const changed = applyPatch(customer, patch, { name: "CustomerPatchDto", fields: FIELDS });
  judge(client, booksOf(call.standIn, client), changed);
  Object.assign(customer, changed, { LastChangedDateTimeOffset: takeTime() });
  call.standIn.store.save();
  return ok(customer);
}

function nextNumber(client: Client, { customers }: Books, seriesId: unknown): number {
  const series = client.numberSeries.find(({ id, isDefault }) => (seriesId ? id === seriesId : isDefault));
  if (!series) throw problem(400, TITLE, `SubLedgerNumberSeries with id = ${String(seriesId)} not found.`);
  const used = new Set(customers.map(({ Number: number }) => number));
  for (let number = series.from; number <= series.to; number += 1) if (!used.has(number)) return number;
  throw problem(400, TITLE, "The number series has no number left.");
}

/** Throws what the vendor refuses. How it words a number outside of its series is not known. */
function judge(client: Client, { customers }: Books, customer: Stored): void {
  const refuse = (detail: string): never => {
    throw problem(400, TITLE, detail);
  };
  const others = customers.filter(({ Id }) => Id !== customer.Id);
  const number = Number(customer.Number);
  if (!client.numberSeries.some(({ from, to }) => number >= from && number <= to))
    refuse(`Number ${number} is not within range of the customer ledger number series.`);
  if (others.some((other) => other.Number === customer.Number))
    refuse(`Number is already in use: ${number}.`);
  const reference = customer.ExternalImportReference;
  const holder = others.find((other) => reference && other.ExternalImportReference === reference);
  if (holder)
    refuse(
      `ExternalImportReference is already in use. '${String(reference)}' is used on (contact) Id = ${holder.Id}.`,
    );
  if (typeof reference === "string" && reference.length > 50)
    refuse("ExternalImportReference exceeds the maximum length of 50.");
  if (customer.IsPerson ? !customer.FirstName || !customer.LastName : !customer.Name)
    refuse(customer.IsPerson ? "FirstName and LastName must be set." : "Name must be set.");
  judgeDelivery(customer, refuse);
  const term = customer.PaymentTermId;
  if (term && !PAYMENT_TERMS.some(({ Id }) => Id === term))
    refuse(`Payment term with id = ${String(term)} not found.`);
  if (!CURRENCIES.includes(String(customer.CurrencyCode ?? "NOK")))
    refuse(`Currency with code = '${String(customer.CurrencyCode)}' is not active.`);
}

function judgeDelivery(customer: Stored, refuse: (detail: string) => void): void {
  const type = String(customer.InvoiceDeliveryType);
  if (!DELIVERY_TYPES.includes(type)) refuse(`InvoiceDeliveryType ${type} cannot be set by the API.`);
  if (type === "PdfByEmail" && !customer.InvoiceEmailAddress && !customer.EmailAddress)
    refuse("InvoiceDeliveryType PdfByEmail requires a registered e-mail address.");
  if (type === "EHF" && !/^\d{9}$/.test(String(customer.OrganizationNumber ?? "")))
    refuse("InvoiceDeliveryType EHF requires an organization number that is registered in ELMA.");
  const address = customer.MailAddress;
  if (typeof address === "object" && address !== null) {
    const { ZipCode, City }: Record<string, unknown> = { ...address };
    if (!ZipCode || !City) refuse("MailAddress: ZipCode and City must be set.");
  }
}
