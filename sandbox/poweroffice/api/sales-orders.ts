import type { Answer } from "../../web/answer-call";
import { booksOf, findStored, makeUuid, takeTime } from "../books";
import { CURRENCIES, PAYMENT_TERMS } from "../data/chart";
import { findProduct, linesOf, makeLine, sumUp } from "../data/sales-order";
import type { Books, Stored } from "../model";
import { type ApiCall, list, ok, problem, readObject, requirePrivilege } from "./api-call";
import { isInRanges, readRange } from "./customers";
import { applyPatch } from "./json-patch";

const FIELDS = [
  ...["CustomerId", "SalesOrderDate", "DeliveryDate", "CurrencyCode", "PaymentTermId", "CustomerReference"],
  ...[
    "PurchaseOrderReference",
    "ContractNo",
    "ExternalImportReference",
    "ImportedOrderNo",
    "RelatedInvoiceNo",
  ],
  "SalesOrderStatus",
];
const FIELDS_OF_NEW = [...FIELDS, "CustomerNo", "PaymentTerm", "SalesOrderLines"];
const LINE_FIELDS = [
  ...["LineType", "ProductId", "Description", "Quantity", "ProductUnitPrice", "Allowance"],
  ...["UnitOfMeasureCode", "SortOrder", "ExternalImportReference"],
];
const LINE_FIELDS_OF_NEW = [...LINE_FIELDS, "ProductCode"];
const TITLE = "Sales order validation error(s)";
const refuse = (detail: string) => problem(400, TITLE, detail);

export function listOrders(call: ApiCall): Answer {
  const client = requirePrivilege(call, "SalesOrders", "SalesOrders_Full");
  const orders = booksOf(call.standIn, client).salesOrders.map(
    ({ SalesOrderLines: _lines, ...head }) => head,
  );
  return list(call, ofQuery(call, orders));
}

/** Those of the customers that are asked for, and of the calling integration alone when it says so. */
function ofQuery(call: ApiCall, rows: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  const { searchParams } = call.exchange.url;
  const ranges = searchParams.get("customerNos")?.split(",").map(readRange);
  const after = (name: string): string => searchParams.get(name) ?? "";
  const [changed, sent] = [
    after("lastChangedDateTimeOffsetGreaterThan"),
    after("sentDateTimeOffsetGreaterThan"),
  ];
  const isOwn = searchParams.get("onlyCreatedByCurrentIntegration") === "true";
  return rows.filter(
    (row) =>
      isInRanges(ranges, row.CustomerNo) &&
      (!isOwn || row.IsCreatedByCurrentIntegration === true) &&
      (changed === "" || String(row.LastChangedDateTimeOffset) > changed) &&
      (sent === "" || String(row.SentDateTimeOffset) > sent),
  );
}

export function getCompleteOrder(call: ApiCall): Answer {
  const client = requirePrivilege(call, "SalesOrders", "SalesOrders_Full");
  return ok(complete(requireOrder(call, booksOf(call.standIn, client))));
}

export function getOrder(call: ApiCall): Answer {
  const client = requirePrivilege(call, "SalesOrders", "SalesOrders_Full");
  const { SalesOrderLines: _lines, ...head } = requireOrder(call, booksOf(call.standIn, client));
  return ok(head);
}

const complete = (order: Stored): Stored => ({ ...order, SalesOrderLines: linesOf(order) });

function requireOrder(call: ApiCall, { salesOrders }: Books): Stored {
  const id = call.exchange.param("id");
  const found = findStored(salesOrders, id);
  if (!found) throw problem(404, "Object(s) not found", `Sales order with id = ${id} not found.`);
  return found;
}

function requireDraft(call: ApiCall, books: Books): Stored {
  const order = requireOrder(call, books);
  if (order.SalesOrderStatus !== "Draft") throw refuse("The sales order is confirmed and can not be edited.");
  return order;
}

/** The only way to make an order: with its lines. */
export async function postOrder(call: ApiCall): Promise<Answer> {
  const client = requirePrivilege(call, "SalesOrders_Full");
  const body = await readObject(call, FIELDS_OF_NEW);
  const books = booksOf(call.standIn, client);
  const { SalesOrderLines: lines, PaymentTerm: _days, ...head } = body;
  const order: Stored = {
    SalesOrderStatus: "Draft",
    CurrencyCode: "NOK",
    ...head,
    ...findCustomer(books, head),
    Id: makeUuid(),
    SalesOrderNo: 1 + books.salesOrders.length + books.invoices.length,
    IsCreatedByCurrentIntegration: true,
    CreatedDateTimeOffset: takeTime(),
    SalesOrderLines: [],
  };
  judge(books, order);
  order.SalesOrderLines = (Array.isArray(lines) ? lines : []).map((line) => {
    judgeLine(books, line);
    return makeLine(line, order, books);
  });
  sumUp(order, takeSkew(call));
  books.salesOrders.push(order);
  call.standIn.store.save();
  return { status: 201, body: complete(order) };
}

export async function patchOrder(call: ApiCall): Promise<Answer> {
  const client = requirePrivilege(call, "SalesOrders_Full");
  const books = booksOf(call.standIn, client);
  const order = requireDraft(call, books);
  const changed = applyPatch(order, await call.exchange.readJson(), {
    name: "SalesOrderPatchDto",
    fields: FIELDS,
  });
  Object.assign(changed, findCustomer(books, { CustomerId: changed.CustomerId }));
  judge(books, changed);
  Object.assign(order, changed);
  sumUp(order, takeSkew(call));
  call.standIn.store.save();
  const { SalesOrderLines: _lines, ...head } = order;
  return ok(head);
}

export async function postLine(call: ApiCall): Promise<Answer> {
  const client = requirePrivilege(call, "SalesOrders_Full");
  const body = await readObject(call, LINE_FIELDS_OF_NEW);
  const books = booksOf(call.standIn, client);
  const order = requireDraft(call, books);
  judgeLine(books, body);
  const line = makeLine(body, order, books);
  order.SalesOrderLines = [...linesOf(order), line];
  sumUp(order, takeSkew(call));
  call.standIn.store.save();
  return { status: 201, body: line };
}

export async function patchLine(call: ApiCall): Promise<Answer> {
  const client = requirePrivilege(call, "SalesOrders_Full");
  const books = booksOf(call.standIn, client);
  const order = requireDraft(call, books);
  const line = requireLine(call, order);
  const patch = await call.exchange.readJson();
  const changed = applyPatch(line, patch, { name: "SalesOrderLinePatchDto", fields: LINE_FIELDS });
  judgeLine(books, changed);
  const made = makeLine(changed, order, books);
  order.SalesOrderLines = linesOf(order).map((one) => (one.Id === line.Id ? made : one));
  sumUp(order, takeSkew(call));
  call.standIn.store.save();
  return ok(made);
}

export function deleteLine(call: ApiCall): Answer {
  const client = requirePrivilege(call, "SalesOrders_Full");
  const order = requireDraft(call, booksOf(call.standIn, client));
  const line = requireLine(call, order);
  order.SalesOrderLines = linesOf(order).filter(({ Id }) => Id !== line.Id);
  sumUp(order, takeSkew(call));
  call.standIn.store.save();
  return { status: 200 };
}

function requireLine(call: ApiCall, order: Stored): Stored {
  const id = call.exchange.param("lineId");
  const found = findStored(linesOf(order), id);
  if (!found) throw problem(404, "Object(s) not found", `Sales order line with id = ${id} not found.`);
  return found;
}

/** Øre that the next total is calculated wrong by, that one time. */
const takeSkew = ({ standIn: { faults } }: ApiCall): number => faults.skewNextTotal.shift() ?? 0;

/** The id wins over the number. */
function findCustomer({ customers }: Books, { CustomerId: id, CustomerNo: number }: Record<string, unknown>) {
  const found = customers.find((one) => (id ? one.Id === id : one.Number === number));
  if (!found)
    throw refuse(
      id
        ? `Customer with id = ${String(id)} not found.`
        : `Customer with number = ${String(number)} not found.`,
    );
  return { CustomerId: found.Id, CustomerNo: found.Number };
}

function judge(books: Books, order: Stored): void {
  const reference = order.ExternalImportReference;
  const holder = [...books.salesOrders, ...books.invoices].find(
    (other) => reference && other.Id !== order.Id && other.ExternalImportReference === reference,
  );
  if (holder)
    throw refuse(
      `ExternalImportReference is already in use. '${String(reference)}' is used on Id = ${holder.Id}.`,
    );
  if (!CURRENCIES.includes(String(order.CurrencyCode ?? "NOK")))
    throw refuse(`Currency with code = '${String(order.CurrencyCode)}' is not active.`);
  const term = order.PaymentTermId;
  if (term && !PAYMENT_TERMS.some(({ Id }) => Id === term))
    throw refuse(`Payment term with id = ${String(term)} not found.`);
  const related = order.RelatedInvoiceNo;
  if (related && !books.invoices.some(({ InvoiceNo }) => InvoiceNo === related))
    throw refuse(`Invoice with number = ${String(related)} not found.`);
}

function judgeLine(books: Books, line: Record<string, unknown>): void {
  const { ProductId: id, ProductCode: code } = line;
  if (!id && !code) return;
  if (!findProduct(books, line))
    throw refuse(
      id ? `Product with id = ${String(id)} not found.` : `Product with code = '${String(code)}' not found.`,
    );
  if (typeof line.Quantity !== "number") throw refuse("Quantity must be set on a line with a product.");
}

export function listInvoices(call: ApiCall): Answer {
  const client = requirePrivilege(call, "OutgoingInvoice", "OutgoingInvoice_Full");
  return list(call, ofQuery(call, booksOf(call.standIn, client).invoices));
}

export function getInvoice(call: ApiCall): Answer {
  const client = requirePrivilege(call, "OutgoingInvoice", "OutgoingInvoice_Full");
  const id = call.exchange.param("id");
  const found = findStored(booksOf(call.standIn, client).invoices, id);
  if (!found) throw problem(404, "Object(s) not found", `Outgoing invoice with id = ${id} not found.`);
  return ok(found);
}
