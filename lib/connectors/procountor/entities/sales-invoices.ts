import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import {
  defineEntity,
  type LookUpResult,
  type VendorRecord,
  type WriteInput,
  type WriteResult,
} from "@/lib/connectors/entity";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { readEach } from "@/lib/connectors/read-each";
import { readRefusal } from "@/lib/connectors/read-refusal";
import { describeDifference, expectedTotals, sumUp, type Totals } from "@/lib/connectors/totals";
import { beforeSending } from "@/lib/connectors/vendor-answer";
import { parseDecimal, toCents } from "@/lib/core/decimal";
import { type Caller, toCaller } from "../token";
import { readResource, sendChange } from "../vendor-client";
import { checkSalesInvoice } from "./check-sales-invoice";
import {
  fiscalYearsAnswer,
  type InvoiceAnswer,
  invoiceAnswer,
  invoiceInfo,
  invoiceList,
  sessionAnswer,
} from "./invoice-answers";
import { readRates } from "./rates";
import { readRefusals, rejections } from "./rejections";
import { makeInvoiceBody, readMark } from "./sales-invoice-body";
import {
  type SalesInvoiceRow,
  type SalesInvoiceSettings,
  salesInvoiceRow,
  salesInvoiceSettings,
} from "./sales-invoice-fields";

type Input = WriteInput<SalesInvoiceRow, SalesInvoiceSettings>;

const GET_INVOICE = "GET /invoices/{invoiceId}";
/** As many as a page has: more invoices with one number than this are no accident. */
const MOST_WITH_ONE_NUMBER = 200;

/** Sales invoices and credit notes, left unfinished for a person to check, send and book in Procountor. */
export const salesInvoices = defineEntity<string, typeof salesInvoiceRow, typeof salesInvoiceSettings>({
  id: "sales-invoices",
  keyField: "invoiceNumber",
  schema: salesInvoiceRow,
  settings: salesInvoiceSettings,
  samples: {
    customerName: "Esimerkki Oy",
    email: "billing@example.com",
    "lines.product": "Hire of a hall",
    "lines.quantity": "2",
    "lines.unitPrice": "50.00",
    "lines.vatPercent": "25.5",
  },
  rights: [
    { path: "sales.salesOrGroupInvoices", level: "ALL_RIGHTS" },
    { path: "sales.salesInvoiceSearch", level: "VIEWING_RIGHTS" },
  ],
  check: checkSalesInvoice,
  write,
  lookUp,
  hasEnded: async (context, key, cause, { row }) =>
    cause === "period_closed" && (await isPeriodOpen(context, toCaller(key), row.date)),
  compare: {
    list: listChanged,
    find: async (context, key, { vendorId }) => {
      const found = await findInvoice(context, toCaller(key), vendorId);
      return found && toRecord(found);
    },
  },
  rejections,
});

async function write(context: ConnectorContext, key: HeldKey, input: Input): Promise<WriteResult> {
  const caller = toCaller(key);
  const { creditOf, invoiceNumber } = input.row;
  if (creditOf === invoiceNumber)
    return { kind: "rejected", problems: [{ field: "creditOf", cause: "parent_ring" }] };
  const original = creditOf === undefined ? null : await input.findWritten(creditOf);
  if (creditOf !== undefined && !original)
    return { kind: "waiting", cause: "parent_missing", parentKey: creditOf };
  const unknownRates = await findUnknownRates(context, key, input.row);
  if (unknownRates.length > 0) return { kind: "rejected", problems: unknownRates };
  try {
    return await save(context, caller, input, original);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "rejected") throw error;
    return readRefusal(rejections, readRefusals(error));
  }
}

async function save(
  context: ConnectorContext,
  caller: Caller,
  input: Input,
  original: VendorRecord | null,
): Promise<WriteResult> {
  const { written } = input;
  const there = written && (await beforeSending(findInvoice(context, caller, written.vendorId)));
  if (there && there.status !== "UNFINISHED")
    return {
      kind: "rejected",
      problems: [{ field: null, cause: "locked_at_vendor", vendorWords: there.status ?? "" }],
    };
  const body = makeInvoiceBody(input, { original, notes: there?.notes ?? null });
  const answer = there
    ? await sendChange(context, caller, {
        operation: "PUT /invoices/{invoiceId}",
        method: "PUT",
        path: `/invoices/${there.id}`,
        body: { ...body, version: there.version },
      })
    : await sendChange(context, caller, {
        operation: "POST /invoices",
        method: "POST",
        path: "/invoices",
        body,
      });
  const saved = parseAnswer(
    context,
    there ? "PUT /invoices/{invoiceId}" : "POST /invoices",
    invoiceAnswer,
    answer,
  );
  const record = toRecord(saved);
  const difference = compareTotals(input, saved);
  if (difference !== null)
    return { kind: "waiting", cause: "total_differs", vendorWords: difference, record };
  return { kind: "written", wasCreated: there === null, ...record };
}

function toRecord({ id, invoiceNumber, invoiceSumInfo, version }: InvoiceAnswer): VendorRecord {
  const [sums] = invoiceSumInfo ?? [];
  const total = sums ? `${sums.invoiceSumTotal} ${sums.currency}` : null;
  return { vendorId: id, label: invoiceNumber ?? null, state: { total, version } };
}

/** Procountor's times have no zone: two days earlier are earlier in every one. */
const ZONES_MS = 2 * 24 * 3_600_000;
const PAGE_SIZE = 200;
/** 50,000 invoices. */
const MOST_PAGES = 250;

/** Sales invoices of any status, page after page by their ids. */
async function listChanged(context: ConnectorContext, key: HeldKey, since: Date): Promise<VendorRecord[]> {
  const operation = "GET /invoices";
  const records: VendorRecord[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const last = records.at(-1)?.vendorId;
    const query = new URLSearchParams({
      types: "SALES_INVOICE",
      versionStartDate: new Date(since.getTime() - ZONES_MS).toISOString().slice(0, 19),
      orderById: "ASC",
      size: String(PAGE_SIZE),
      ...(last !== undefined && { previousId: last }),
    });
    const answer = await readResource(context, toCaller(key), operation, `/invoices?${query}`);
    const { results } = parseAnswer(context, operation, invoiceList, answer);
    const { read } = readEach(invoiceAnswer, results);
    records.push(...read.map(toRecord));
    if ((results ?? []).length < PAGE_SIZE || read.length === 0) return records;
  }
  context.log.warn({ operation, rows: records.length }, "a list of invoices was not read to its end");
  return records;
}

/** null when the vendor calculated what is expected, or tells no totals. */
function compareTotals({ row, settings }: Input, saved: InvoiceAnswer): string | null {
  const answered = readTotals(saved, row.currency ?? settings.currency);
  if (answered === null) return null;
  return describeDifference(
    expectedTotals(row, sumUp(row.lines, settings.unitPricesIncludeVat === "YES")),
    answered,
    row.lines.length,
  );
}

function readTotals({ invoiceSumInfo }: InvoiceAnswer, currency: string): Totals | null {
  const sums = invoiceSumInfo?.find((one) => one.currency === currency);
  if (!sums) return null;
  const cents = (text: string): bigint => toCents(parseDecimal(text));
  return {
    net: cents(sums.excludingVatTotal),
    vat: cents(sums.vatSumTotal),
    gross: cents(sums.invoiceSumTotal),
  };
}

/** What is at the vendor under the invoice's number. Ours is what our own technical user made, for the same customer and day. */
async function lookUp(context: ConnectorContext, key: HeldKey, input: Input): Promise<LookUpResult | null> {
  const caller = toCaller(key);
  if (input.written) {
    const known = await findInvoice(context, caller, input.written.vendorId);
    return known && { kind: "ours", isSame: isSame(input, known), ...toRecord(known) };
  }
  const candidates = await listByNumber(context, caller, input.row.invoiceNumber);
  if (candidates.length === 0) return null;
  const { userId } = parseAnswer(
    context,
    "GET /sessioninfo",
    sessionAnswer,
    await readResource(context, caller, "GET /sessioninfo", "/sessioninfo"),
  );
  const ours = candidates.find((one) => isOurs(input, one, userId));
  if (ours) return { kind: "ours", isSame: isSame(input, ours), ...toRecord(ours) };
  return { kind: "foreign", vendorWords: candidates.map(describe).join("\n") };
}

/** The mark tells connections of one technical user apart; a person may have taken it out of the notes. */
function isOurs(input: Input, found: InvoiceAnswer, userId: string): boolean {
  if (found.creatorId !== userId) return false;
  const mark = readMark(found.notes ?? null);
  return mark === null ? isSame(input, found) : mark === input.mark;
}

function isSame(input: Input, found: InvoiceAnswer): boolean {
  return (
    found.date === input.row.date &&
    found.counterParty?.counterPartyAddress?.name === input.row.customerName &&
    compareTotals(input, found) === null
  );
}

const describe = ({ invoiceNumber, date, status, counterParty, invoiceSumInfo }: InvoiceAnswer): string =>
  [
    invoiceNumber,
    counterParty?.counterPartyAddress?.name,
    date,
    invoiceSumInfo?.[0] && `${invoiceSumInfo[0].invoiceSumTotal} ${invoiceSumInfo[0].currency}`,
    status,
  ]
    .filter(Boolean)
    .join(", ");

/** In any status; each is read in full, since a search tells neither notes nor VAT. */
async function listByNumber(
  context: ConnectorContext,
  caller: Caller,
  invoiceNumber: string,
): Promise<InvoiceAnswer[]> {
  const query = new URLSearchParams({
    types: "SALES_INVOICE",
    originalInvoiceNumber: invoiceNumber,
    size: String(MOST_WITH_ONE_NUMBER),
  });
  const operation = "GET /invoices";
  const { results } = parseAnswer(
    context,
    operation,
    invoiceList,
    await readResource(context, caller, operation, `/invoices?${query}`),
  );
  // The search may be one by parts of the number.
  const found = readEach(invoiceInfo, results).read.filter(
    (one) => one.originalInvoiceNumber === invoiceNumber,
  );
  const invoices = await Promise.all(found.map(({ id }) => findInvoice(context, caller, id)));
  return invoices.filter((one) => one !== null);
}

async function findInvoice(
  context: ConnectorContext,
  caller: Caller,
  id: string,
): Promise<InvoiceAnswer | null> {
  try {
    const answer = await readResource(context, caller, GET_INVOICE, `/invoices/${encodeURIComponent(id)}`);
    return parseAnswer(context, GET_INVOICE, invoiceAnswer, answer);
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "not_found") return null;
    throw error;
  }
}

async function findUnknownRates(context: ConnectorContext, key: HeldKey, { lines }: SalesInvoiceRow) {
  const rates = await beforeSending(readRates(context, key));
  return lines.flatMap(({ vatPercent }, index) =>
    rates.includes(Number(vatPercent))
      ? []
      : [
          {
            field: `lines.${index}.vatPercent`,
            cause: "vat_unknown" as const,
            vendorWords: rates.join(", "),
          },
        ],
  );
}

async function isPeriodOpen(context: ConnectorContext, caller: Caller, day: string): Promise<boolean> {
  const operation = "GET /fiscalyears";
  const { fiscalYears } = parseAnswer(
    context,
    operation,
    fiscalYearsAnswer,
    await readResource(context, caller, operation, "/fiscalyears"),
  );
  const holds = (one: { startDate: string; endDate: string }) => one.startDate <= day && day <= one.endDate;
  const year = fiscalYears.find(holds);
  if (!year || year.isOpen === false) return false;
  return (year.trackingPeriods ?? []).filter(holds).every(({ status }) => status === "OPEN");
}
