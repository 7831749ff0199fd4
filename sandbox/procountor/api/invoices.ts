import type { Answer } from "../../web/answer-call";
import { HttpError } from "../../web/http-error";
import { type Invoice, type InvoiceInput, makeInvoice, type Violation } from "../data/invoice";
import type { Rights, TechnicalUser } from "../model";
import { type ApiCall, ok } from "./api-call";
import { readInvoice } from "./read-invoice";
import { requireTechnicalUser } from "./who-am-i";

const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;

/** `ErrorMessages` with one entry for each thing that is wrong. */
export function refuse(status: number, violations: readonly Violation[]): HttpError {
  return new HttpError(status, { errors: violations.map((violation) => ({ status, ...violation })) });
}

/** The technical user of the call, when it has the right at all, or in full. */
export function requireRight(
  call: ApiCall,
  path: string,
  least: "VIEWING_RIGHTS" | "ALL_RIGHTS",
): TechnicalUser {
  const { user } = requireTechnicalUser(call);
  const held: Rights = call.standIn.faults.technicalUserRights[String(user.companyId)] ?? user.rights;
  const levels = least === "ALL_RIGHTS" ? ["ALL_RIGHTS"] : ["VIEWING_RIGHTS", "ALL_RIGHTS"];
  if (!levels.includes(held[path] ?? "")) throw refuse(403, [{ message: "Insufficient user rights." }]);
  return user;
}

const ofCompany = (call: ApiCall, companyId: number): Invoice[] =>
  call.standIn.store.state.invoices.filter((invoice) => invoice.companyId === companyId);

/** Search by some of the documented parameters; the original number is found in any state of the invoice. */
export function searchInvoices(call: ApiCall): Answer {
  const user = requireRight(call, "sales.salesInvoiceSearch", "VIEWING_RIGHTS");
  const query = call.exchange.url.searchParams;
  const size = Number(query.get("size") ?? DEFAULT_PAGE);
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE)
    throw refuse(400, [{ field: "size", message: "Value of the 'size' field is invalid: " }]);
  const number = query.get("originalInvoiceNumber");
  const changedSince = query.get("versionStartDate") ?? "";
  const previousId = Number(query.get("previousId") ?? 0);
  const matching = ofCompany(call, user.companyId)
    .filter(({ body }) => (query.get("types") ?? body.type).split(",").includes(body.type))
    .filter(({ body }) => number === null || body.originalInvoiceNumber === number)
    .filter(({ body }) => isBetween(body.date, query.get("startDate"), query.get("endDate")))
    .filter(({ body }) => body.version >= changedSince)
    .filter(({ body }) => body.id > previousId)
    .sort((a, b) => a.body.id - b.body.id);
  const results = matching.slice(0, size).map(({ body }) => toBasicInfo(body));
  return ok({
    results,
    meta: { pageNumber: 0, pageSize: size, resultCount: results.length, totalCount: matching.length },
  });
}

const isBetween = (date: string, from: string | null, to: string | null): boolean =>
  (from === null || date >= from) && (to === null || date <= to);

function toBasicInfo(body: Invoice["body"]): object {
  const { id, type, status, invoiceNumber, invoiceChannel, date, counterParty, creatorId } = body;
  const { originalInvoiceNumber, invoiceSumInfo, version, paymentInfo } = body;
  return {
    ...{ id, type, status, invoiceNumber, invoiceChannel, date, counterParty, creatorId },
    ...{ originalInvoiceNumber, invoiceSumInfo, version, created: version, dueDate: paymentInfo.dueDate },
  };
}

export function getInvoice(call: ApiCall): Answer {
  const user = requireRight(call, "sales.salesOrGroupInvoices", "VIEWING_RIGHTS");
  return ok(requireInvoice(call, user.companyId).body);
}

function requireInvoice(call: ApiCall, companyId: number): Invoice {
  const id = Number(call.exchange.param("id"));
  const found = ofCompany(call, companyId).find(({ body }) => body.id === id);
  if (!found) throw refuse(404, [{ message: "Invoice not found." }]);
  return found;
}

export async function postInvoice(call: ApiCall): Promise<Answer> {
  const user = requireRight(call, "sales.salesOrGroupInvoices", "ALL_RIGHTS");
  const input = await readValid(call, user.companyId);
  const { state } = call.standIn.store;
  const id = state.nextInvoiceId;
  state.nextInvoiceId += 1;
  const invoice = makeInvoice(input, { id, user, skewCents: takeSkew(call) });
  state.invoices.push(invoice);
  call.standIn.store.save();
  return ok(invoice.body);
}

export async function putInvoice(call: ApiCall): Promise<Answer> {
  const user = requireRight(call, "sales.salesOrGroupInvoices", "ALL_RIGHTS");
  const invoice = requireInvoice(call, user.companyId);
  const input = await readValid(call, user.companyId);
  if (invoice.body.status !== "UNFINISHED")
    throw refuse(400, [{ field: "status", message: "INVOICE_STATUS_DOES_NOT_ALLOW_EDITING" }]);
  if (input.version !== invoice.body.version)
    throw refuse(400, [{ field: "version", message: "Value of the 'version' field is invalid: " }]);
  const { id, invoiceNumber } = invoice.body;
  invoice.body = { ...makeInvoice(input, { id, user, skewCents: takeSkew(call) }).body, invoiceNumber };
  call.standIn.store.save();
  return ok(invoice.body);
}

/** Cents that the next total is calculated wrong by, that one time. */
function takeSkew({ standIn: { faults } }: ApiCall): number {
  return faults.skewNextTotal.shift() ?? 0;
}

async function readValid(call: ApiCall, companyId: number): Promise<InvoiceInput> {
  const { faults } = call.standIn;
  const closedUntil = faults.closedUntil[String(companyId)] ?? null;
  const read = readInvoice(await call.exchange.readJson(), { closedUntil, vatPercents: faults.vatPercents });
  if ("violations" in read) throw refuse(400, read.violations);
  return read.invoice;
}

/** `VatInformation` of the company's country. */
export function getDefaultVats(call: ApiCall): Answer {
  requireTechnicalUser(call);
  return ok({
    vatInformation: [
      {
        country: "FINLAND",
        percentages: call.standIn.faults.vatPercents.map((vatPercent) => ({
          vatPercent,
          sales: true,
          purchase: true,
        })),
      },
    ],
    vatStatuses: [
      { vatStatus: 1, description: "Domestic", sales: true, purchase: true },
      { vatStatus: 2, description: "EU sales of goods", sales: true, purchase: false },
    ],
  });
}

/** This year by months; what lies before the company's closing is closed. */
export function getFiscalYears(call: ApiCall): Answer {
  const { user } = requireTechnicalUser(call);
  const closedUntil = call.standIn.faults.closedUntil[String(user.companyId)] ?? "";
  const year = new Date().getUTCFullYear();
  const years = [year - 1, year].map((one) => ({
    id: one,
    startDate: `${one}-01-01`,
    endDate: `${one}-12-31`,
    isOpen: `${one}-12-31` > closedUntil,
    trackingPeriods: Array.from({ length: 12 }, (_, month) => {
      const endDate = new Date(Date.UTC(one, month + 1, 0)).toISOString().slice(0, 10);
      const status = endDate <= closedUntil ? "CLOSED" : "OPEN";
      return { id: one * 100 + month, startDate: `${endDate.slice(0, 8)}01`, endDate, status };
    }),
  }));
  return ok({ fiscalYears: years });
}
