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
import { formatCents } from "@/lib/core/decimal";
import { sendChange } from "../call-vendor";
import { readRegister } from "../read-register";
import { checkSalesOrder } from "./check-sales-order";
import { findDeliveredCustomer, findNumberedCustomer } from "./customers";
import { findProduct } from "./products";
import { findPaymentTerm, readVatCodes } from "./registers";
import { readGoRefusal, rejections } from "./rejections";
import {
  findDifference,
  makeNewOrder,
  type OrderChange,
  type OrderReferences,
  planChanges,
  readTotals,
  type SalesOrderInput,
} from "./sales-order-body";
import { salesOrderRow, salesOrderSettings } from "./sales-order-fields";
import { findRecord, type StoredRecord, storedRecord, textOf } from "./stored-record";

/** Sales orders and credit notes, left as drafts for a person to check and to send in Go. */
export const salesOrders = defineEntity<string, typeof salesOrderRow, typeof salesOrderSettings>({
  id: "sales-orders",
  keyField: "orderNumber",
  schema: salesOrderRow,
  settings: salesOrderSettings,
  samples: {
    customerId: "SAMPLE-1",
    "lines.productCode": "SAMPLE-1",
    "lines.quantity": "2",
    "lines.unitPrice": "50.00",
  },
  rights: [
    { path: "SalesOrders", level: "Full" },
    { path: "Customer", level: "Read" },
    { path: "Product", level: "Read" },
    { path: "OutgoingInvoice", level: "Read" },
    { path: "CommonServices", level: "Read" },
  ],
  check: checkSalesOrder,
  write,
  lookUp,
  hasEnded: async (context, key, cause, { row, findWritten }) => {
    if (cause !== "not_invoiced" || row.creditOf === undefined) return false;
    const original = await findWritten(row.creditOf);
    return original !== null && (await findInvoice(context, key, original.vendorId)) !== null;
  },
  compare: {
    list: listChanged,
    find: async (context, key, { vendorId }) => {
      const found = (await findOrder(context, key, vendorId)) ?? (await findInvoice(context, key, vendorId));
      return found && toRecord(found);
    },
  },
  rejections,
});

async function write(context: ConnectorContext, key: HeldKey, input: SalesOrderInput): Promise<WriteResult> {
  const found = await beforeSending(findReferences(context, key, input));
  if ("result" in found) return found.result;
  const there = input.written && (await beforeSending(findOrder(context, key, input.written.vendorId)));
  const lock = await beforeSending(findLock(context, key, input, there));
  if (lock !== null)
    return {
      kind: "rejected",
      problems: [{ field: null, cause: "locked_at_vendor", vendorWords: lock }],
    };
  try {
    return there === null
      ? await create(context, key, input, found.references)
      : await change(context, key, input, { there, references: found.references });
  } catch (error) {
    return readGoRefusal(error);
  }
}

/** Why an order that was written can no longer be changed: it was confirmed or sent. */
async function findLock(
  context: ConnectorContext,
  key: HeldKey,
  { written }: SalesOrderInput,
  there: StoredRecord | null,
): Promise<string | null> {
  if (there) {
    const status = textOf(there, "SalesOrderStatus") ?? "Draft";
    return status === "Draft" ? null : status;
  }
  const invoice = written && (await findInvoice(context, key, written.vendorId));
  return invoice && `Invoice ${textOf(invoice, "InvoiceNo") ?? ""}`.trim();
}

async function create(
  context: ConnectorContext,
  key: HeldKey,
  input: SalesOrderInput,
  references: OrderReferences,
): Promise<WriteResult> {
  const operation = "POST /SalesOrders/Complete";
  const answer = await sendChange(context, key, {
    operation,
    method: "POST",
    path: "/SalesOrders/Complete",
    body: makeNewOrder(input, references),
  });
  return toResult(input, parseAnswer(context, operation, storedRecord, answer), true);
}

async function change(
  context: ConnectorContext,
  key: HeldKey,
  input: SalesOrderInput,
  { there, references }: { there: StoredRecord; references: OrderReferences },
): Promise<WriteResult> {
  const changes = planChanges(there, input, references);
  for (const one of changes) await sendOrderChange(context, key, there.id, one);
  const changed = changes.length === 0 ? there : await findOrder(context, key, there.id);
  return toResult(input, changed ?? there, false);
}

async function sendOrderChange(
  context: ConnectorContext,
  key: HeldKey,
  orderId: string,
  change: OrderChange,
): Promise<void> {
  const head = `/SalesOrders/${encodeURIComponent(orderId)}`;
  switch (change.kind) {
    case "patch_head": {
      const call = { operation: "PATCH /SalesOrders/{id}", method: "PATCH", path: head } as const;
      await sendChange(context, key, { ...call, body: change.patch });
      return;
    }
    case "patch_line": {
      const operation = "PATCH /SalesOrders/{id}/Lines/{lineId}";
      const path = `${head}/Lines/${encodeURIComponent(change.lineId)}`;
      await sendChange(context, key, { operation, method: "PATCH", path, body: change.patch });
      return;
    }
    case "add_line": {
      const call = {
        operation: "POST /SalesOrders/{id}/Lines",
        method: "POST",
        path: `${head}/Lines`,
      } as const;
      await sendChange(context, key, { ...call, body: change.body });
      return;
    }
    case "remove_line": {
      const operation = "DELETE /SalesOrders/{id}/Lines/{lineId}";
      const path = `${head}/Lines/${encodeURIComponent(change.lineId)}`;
      await sendChange(context, key, { operation, method: "DELETE", path });
    }
  }
}

function toResult(input: SalesOrderInput, order: StoredRecord, wasCreated: boolean): WriteResult {
  const record = toRecord(order);
  const difference = findDifference(input, order);
  if (difference !== null)
    return { kind: "waiting", cause: "total_differs", vendorWords: difference, record };
  return { kind: "written", wasCreated, ...record };
}

const toRecord = (order: StoredRecord): VendorRecord => ({
  vendorId: order.id,
  label: textOf(order, "SalesOrderNo") ?? textOf(order, "OrderNo"),
  state: {
    total: `${formatCents(readTotals(order).gross)} ${textOf(order, "CurrencyCode") ?? ""}`.trim(),
    version: textOf(order, "LastChangedDateTimeOffset"),
  },
});

/** Orders, and the invoices that some have become, that our own integration made. */
async function listChanged(context: ConnectorContext, key: HeldKey, since: Date): Promise<VendorRecord[]> {
  const own = { onlyCreatedByCurrentIntegration: "true", Fields: LIST_FIELDS.join(",") };
  const from = since.toISOString();
  const orders = await readRegister(
    context,
    key,
    { path: "/SalesOrders", query: { ...own, lastChangedDateTimeOffsetGreaterThan: from } },
    storedRecord,
  );
  const invoices = await readRegister(
    context,
    key,
    { path: "/OutgoingInvoices", query: { ...own, sentDateTimeOffsetGreaterThan: from } },
    storedRecord,
  );
  return [...orders, ...invoices].map(toRecord);
}

/** Values as they are set on the order, without those that it has from its customer. */
const findOrder = (context: ConnectorContext, key: HeldKey, id: string): Promise<StoredRecord | null> =>
  findRecord(
    context,
    key,
    "GET /SalesOrders/{id}/Complete",
    `/SalesOrders/${encodeURIComponent(id)}/Complete?showInherited=false`,
  );

/** An order that was sent is an invoice of the same id. */
const findInvoice = (context: ConnectorContext, key: HeldKey, id: string): Promise<StoredRecord | null> =>
  findRecord(context, key, "GET /OutgoingInvoices/{id}", `/OutgoingInvoices/${encodeURIComponent(id)}`);

type Found = { references: OrderReferences } | { result: WriteResult };

/** What the order names, or what the row comes to because it is not there. */
async function findReferences(
  context: ConnectorContext,
  key: HeldKey,
  input: SalesOrderInput,
): Promise<Found> {
  const { row, settings } = input;
  const customer = await findCustomer(context, key, input);
  if ("result" in customer) return customer;
  const credited = await findCredited(context, key, input);
  if ("result" in credited) return credited;
  const problems = await findUnknownRates(context, key, input);
  const productIds = new Map<string, number>();
  for (const [index, { productCode }] of row.lines.entries()) {
    if (productCode === undefined || productIds.has(productCode)) continue;
    const product = await findOrderedProduct(context, key, input, productCode);
    if (product === "under_way")
      return {
        result: {
          kind: "waiting",
          cause: "parent_missing",
          parentEntity: "products",
          parentKey: productCode,
        },
      };
    if (product) productIds.set(productCode, product.id);
    else
      problems.push({
        field: `lines.${index}.productCode`,
        cause: "product_unknown",
        vendorWords: productCode,
      });
  }
  const days = row.paymentTermDays ?? settings.paymentTermDays;
  const term = days === undefined ? null : await findPaymentTerm(context, key, days);
  if (term && "known" in term)
    problems.push({ field: "paymentTermDays", cause: "payment_terms_invalid", vendorWords: term.known });
  if (problems.length > 0) return { result: { kind: "rejected", problems } };
  return {
    references: {
      customer,
      productIds,
      paymentTermId: term && "id" in term ? term.id : null,
      relatedInvoiceNo: credited.invoiceNo,
    },
  };
}

/**
 * A product may be delivered with its order, and be written beside it: only a code that Go does not have and that no row is to
 * bring is a mistake. Asked in this order, a product that is written meanwhile is missed by neither question.
 */
async function findOrderedProduct(
  context: ConnectorContext,
  key: HeldKey,
  { isUnderWay, findWritten }: SalesOrderInput,
  code: string,
): Promise<{ id: number } | "under_way" | null> {
  const known = await findProduct(context, key, code);
  if (known) return { id: Number(known.id) };
  if (await isUnderWay(code, "products")) return "under_way";
  const written = await findWritten(code, "products");
  return written && { id: Number(written.vendorId) };
}

/** A customer by the sender's id may still be on its way; a number that Go does not know is a mistake. */
async function findCustomer(
  context: ConnectorContext,
  key: HeldKey,
  { row, findWritten }: SalesOrderInput,
): Promise<OrderReferences["customer"] | { result: WriteResult }> {
  const { customerId, customerNumber } = row;
  if (customerId !== undefined) {
    const delivered = await findWritten(customerId, "customers");
    if (delivered?.label) return { id: Number(delivered.vendorId), number: delivered.label };
  }
  const found =
    customerId !== undefined
      ? await findDeliveredCustomer(context, key, customerId)
      : await findNumberedCustomer(context, key, customerNumber ?? "");
  if (found) return { id: Number(found.id), number: textOf(found, "Number") ?? "" };
  return {
    result:
      customerId !== undefined
        ? { kind: "waiting", cause: "parent_missing", parentEntity: "customers", parentKey: customerId }
        : {
            kind: "rejected",
            problems: [
              { field: "customerNumber", cause: "customer_unknown", vendorWords: customerNumber ?? "" },
            ],
          },
  };
}

/** A credit note names the invoice of its original, which a person has to have sent. */
async function findCredited(
  context: ConnectorContext,
  key: HeldKey,
  { row: { creditOf, orderNumber }, findWritten }: SalesOrderInput,
): Promise<{ invoiceNo: number | null } | { result: WriteResult }> {
  if (creditOf === undefined) return { invoiceNo: null };
  if (creditOf === orderNumber)
    return { result: { kind: "rejected", problems: [{ field: "creditOf", cause: "parent_ring" }] } };
  const original = await findWritten(creditOf);
  if (!original) return { result: { kind: "waiting", cause: "parent_missing", parentKey: creditOf } };
  const invoice = await findInvoice(context, key, original.vendorId);
  const invoiceNo = invoice && textOf(invoice, "InvoiceNo");
  return invoiceNo
    ? { invoiceNo: Number(invoiceNo) }
    : { result: { kind: "waiting", cause: "not_invoiced", vendorWords: original.label ?? creditOf } };
}

/** A line's rate has to be one of the client's VAT codes. */
async function findUnknownRates(
  context: ConnectorContext,
  key: HeldKey,
  { row: { lines } }: SalesOrderInput,
): Promise<RowProblem[]> {
  if (lines.every(({ vatPercent }) => vatPercent === undefined)) return [];
  const codes = await readVatCodes(context, key);
  const rates = [...new Set(codes.map(({ Rate }) => Math.round(Rate * 10_000) / 100))].sort((a, b) => a - b);
  return lines.flatMap(({ vatPercent }, index): RowProblem[] =>
    vatPercent === undefined || rates.includes(Number(vatPercent))
      ? []
      : [{ field: `lines.${index}.vatPercent`, cause: "vat_unknown", vendorWords: rates.join(", ") }],
  );
}

/**
 * What has the order's number, as an order or as the invoice that it became. Ours is what our own integration made, as Go
 * tells, for the same customer and day and with the same totals.
 */
async function lookUp(
  context: ConnectorContext,
  key: HeldKey,
  input: SalesOrderInput,
): Promise<LookUpResult | null> {
  const found = await findReferences(context, key, input);
  const references = "references" in found ? found.references : null;
  const isAsSaid = (order: StoredRecord): boolean =>
    references !== null &&
    planChanges(order, input, references).length === 0 &&
    findDifference(input, order) === null;
  if (input.written) {
    const order = await findOrder(context, key, input.written.vendorId);
    if (order) return { kind: "ours", isSame: isAsSaid(order), ...toRecord(order) };
    const invoice = await findInvoice(context, key, input.written.vendorId);
    return invoice && { kind: "ours", isSame: isOfRow(input, invoice), ...toRecord(invoice) };
  }
  const customer = await findCustomer(context, key, input);
  // Without its customer the order cannot have been sent.
  if ("result" in customer) return null;
  const query = { customerNos: customer.number, Fields: LIST_FIELDS.join(",") };
  for (const path of ["/SalesOrders", "/OutgoingInvoices"] as const) {
    const rows = await readRegister(context, key, { path, query }, storedRecord);
    const one = rows.find((row) => textOf(row, "ExternalImportReference") === input.row.orderNumber);
    if (!one) continue;
    if (one.iscreatedbycurrentintegration !== true || !isOfRow(input, one))
      return { kind: "foreign", vendorWords: describeOrder(one) };
    if (path === "/OutgoingInvoices") return { kind: "ours", isSame: true, ...toRecord(one) };
    const order = await findOrder(context, key, one.id);
    return order && { kind: "ours", isSame: isAsSaid(order), ...toRecord(order) };
  }
  return null;
}

const LIST_FIELDS = [
  ...[
    "Id",
    "SalesOrderNo",
    "OrderNo",
    "InvoiceNo",
    "ExternalImportReference",
    "IsCreatedByCurrentIntegration",
  ],
  ...["CustomerNo", "SalesOrderDate", "OrderDate", "NetAmount", "TotalAmount", "CurrencyCode"],
  "LastChangedDateTimeOffset",
];

/** The same day and the same totals; the customer is the one whose list was read. */
function isOfRow(input: SalesOrderInput, found: StoredRecord): boolean {
  const date = textOf(found, "SalesOrderDate") ?? textOf(found, "OrderDate") ?? "";
  return date.startsWith(input.row.date) && findDifference(input, found) === null;
}

const describeOrder = (found: StoredRecord): string =>
  [
    textOf(found, "InvoiceNo") ?? textOf(found, "SalesOrderNo"),
    textOf(found, "CustomerNo"),
    textOf(found, "SalesOrderDate") ?? textOf(found, "OrderDate"),
    `${formatCents(readTotals(found).gross)} ${textOf(found, "CurrencyCode") ?? ""}`.trim(),
  ]
    .filter(Boolean)
    .join(", ");
