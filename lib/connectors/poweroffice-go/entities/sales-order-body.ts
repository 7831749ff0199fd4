import type { WriteInput } from "@/lib/connectors/entity";
import { omitUndefined } from "@/lib/connectors/omit-undefined";
import { readEach } from "@/lib/connectors/read-each";
import { describeDifference, expectedTotals } from "@/lib/connectors/totals";
import { parseDecimal, toCents } from "@/lib/core/decimal";
import type { PatchOperation } from "../call-vendor";
import { isProductLine, sumUpOrder } from "./check-sales-order";
import type { SalesOrderRow, SalesOrderSettings } from "./sales-order-fields";
import { makePatch, type StoredRecord, storedRecord, textOf } from "./stored-record";

export type SalesOrderInput = WriteInput<SalesOrderRow, SalesOrderSettings>;

/** What an order names in the client's registers. */
export type OrderReferences = {
  customer: { id: number; number: string };
  /** By code. */
  productIds: ReadonlyMap<string, number>;
  paymentTermId: number | null;
  /** Of the invoice that is credited. */
  relatedInvoiceNo: number | null;
};

/** Fields of an order's head by the names of patches; null takes away what an earlier row had. */
function makeHead(
  { row, settings }: SalesOrderInput,
  { customer, paymentTermId, relatedInvoiceNo }: OrderReferences,
): Record<string, unknown> {
  return {
    CustomerId: customer.id,
    SalesOrderDate: row.date,
    DeliveryDate: row.deliveryDate ?? null,
    CurrencyCode: row.currency ?? settings.currency,
    PaymentTermId: paymentTermId,
    CustomerReference: row.customerReference ?? null,
    PurchaseOrderReference: row.purchaseOrderReference ?? null,
    ExternalImportReference: row.orderNumber,
    RelatedInvoiceNo: relatedInvoiceNo,
  };
}

function makeLines({ row }: SalesOrderInput, { productIds }: OrderReferences): Record<string, unknown>[] {
  return row.lines.map((line, index) =>
    isProductLine(line)
      ? omitUndefined({
          LineType: "Normal",
          ProductId: productIds.get(line.productCode),
          Description: line.description,
          Quantity: Number(line.quantity),
          ProductUnitPrice: line.unitPrice === undefined ? undefined : Number(line.unitPrice),
          Allowance: Number(line.discountPercent ?? "0"),
          UnitOfMeasureCode: line.unit,
          SortOrder: index,
        })
      : { LineType: "Text", Description: line.description, SortOrder: index },
  );
}

/** `SalesOrderCompletePostDto`: a draft, since nothing is confirmed or sent by us. */
export function makeNewOrder(input: SalesOrderInput, references: OrderReferences): Record<string, unknown> {
  const head = Object.entries(makeHead(input, references)).filter(([, value]) => value !== null);
  const { orderNumber } = input.row;
  return {
    ...Object.fromEntries(head),
    SalesOrderStatus: "Draft",
    // Shown to people in Go, where only digits have room.
    ...(/^\d{1,15}$/.test(orderNumber) && { ImportedOrderNo: Number(orderNumber) }),
    SalesOrderLines: makeLines(input, references),
  };
}

/** One call that an order still needs to be as the row says. */
export type OrderChange =
  | { kind: "patch_head"; patch: PatchOperation[] }
  | { kind: "patch_line"; lineId: string; patch: PatchOperation[] }
  | { kind: "add_line"; body: Record<string, unknown> }
  | { kind: "remove_line"; lineId: string };

/**
 * The calls after which the order is as the row says; [] when it is. Go changes the head and each line by calls of their own:
 * whatever was done of them before a cut line is found to be done when they are planned again.
 */
export function planChanges(
  there: StoredRecord,
  input: SalesOrderInput,
  references: OrderReferences,
): OrderChange[] {
  const changes: OrderChange[] = [];
  const head = makePatch(there, makeHead(input, references));
  if (head.length > 0) changes.push({ kind: "patch_head", patch: head });
  const held = linesOf(there);
  const wanted = makeLines(input, references);
  for (const [index, body] of wanted.entries()) {
    const line = held[index];
    if (line && textOf(line, "LineType") === body.LineType) {
      const patch = makePatch(line, body);
      if (patch.length > 0) changes.push({ kind: "patch_line", lineId: line.id, patch });
    } else {
      if (line) changes.push({ kind: "remove_line", lineId: line.id });
      changes.push({ kind: "add_line", body });
    }
  }
  for (const line of held.slice(wanted.length)) changes.push({ kind: "remove_line", lineId: line.id });
  return changes;
}

function linesOf(order: StoredRecord): StoredRecord[] {
  const { read } = readEach(storedRecord, order.salesorderlines);
  return read.toSorted((a, b) => Number(a.sortorder ?? 0) - Number(b.sortorder ?? 0));
}

/** Where Go calculates otherwise than the row; null when it does not, within a cent a line. */
export function findDifference({ row }: SalesOrderInput, order: StoredRecord): string | null {
  const totals = describeDifference(
    expectedTotals(row, sumUpOrder(row)),
    readTotals(order),
    row.lines.length,
  );
  const rates = linesOf(order).flatMap((line, index) => {
    const wanted = row.lines[index]?.vatPercent;
    const rate = line.vatrate;
    if (wanted === undefined || typeof rate !== "number") return [];
    // The rate is documented as a share; 25 is taken for what it means.
    const percent = Math.round((rate > 1 ? rate : rate * 100) * 100) / 100;
    return percent === Number(wanted) ? [] : [`VAT of line ${index + 1} ${percent} instead of ${wanted}`];
  });
  return [totals, ...rates].filter((words) => words !== null).join(", ") || null;
}

export function readTotals(order: StoredRecord) {
  const cents = (name: string): bigint =>
    toCents(parseDecimal(Number(textOf(order, name) ?? "0").toFixed(2)));
  const [net, gross] = [cents("NetAmount"), cents("TotalAmount")];
  return { net, vat: gross - net, gross };
}
