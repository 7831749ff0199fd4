import type { RowProblem } from "@/lib/connectors/entity";
import { findWrongTotals, sumUp, type Totals } from "@/lib/connectors/totals";
import type { SalesOrderLine, SalesOrderRow } from "./sales-order-fields";

export const isProductLine = (
  line: SalesOrderLine,
): line is SalesOrderLine & { productCode: string; quantity: string } =>
  line.productCode !== undefined && line.quantity !== undefined;

/** As far as the row tells: prices that are left out are the products', and rates follow their accounts. */
export function sumUpOrder({ lines }: SalesOrderRow): Partial<Totals> {
  const sold = lines.filter(isProductLine);
  const priced = sold.flatMap(({ quantity, unitPrice, discountPercent, vatPercent }) =>
    unitPrice === undefined ? [] : [{ quantity, unitPrice, discountPercent, vatPercent: vatPercent ?? "0" }],
  );
  if (priced.length < sold.length) return {};
  const totals = sumUp(priced, false);
  return sold.every(({ vatPercent }) => vatPercent !== undefined) ? totals : { net: totals.net };
}

/** What the schema cannot say of an order. Makes no call. */
export function checkSalesOrder(row: SalesOrderRow): RowProblem[] {
  return [...checkCustomer(row), ...row.lines.flatMap(checkLine), ...checkTotals(row)];
}

function checkCustomer({ customerId, customerNumber }: SalesOrderRow): RowProblem[] {
  if (customerId === undefined && customerNumber === undefined)
    return [{ field: "customerId", cause: "field_missing" }];
  if (customerId !== undefined && customerNumber !== undefined)
    return [{ field: "customerNumber", cause: "field_invalid" }];
  return [];
}

function checkLine(line: SalesOrderLine, index: number): RowProblem[] {
  const missing = (field: keyof SalesOrderLine): RowProblem => ({
    field: `lines.${index}.${field}`,
    cause: "field_missing",
  });
  if (line.productCode === undefined) {
    const { description, ...amounts } = line;
    const isSold = Object.values(amounts).some((value) => value !== undefined);
    if (isSold) return [missing("productCode")];
    return description === undefined ? [missing("description")] : [];
  }
  const discount = Number(line.discountPercent ?? "0");
  return [
    ...(line.quantity === undefined ? [missing("quantity")] : []),
    ...(discount > 100 || discount < -1000
      ? [{ field: `lines.${index}.discountPercent`, cause: "field_invalid" as const }]
      : []),
  ];
}

function checkTotals(row: SalesOrderRow): RowProblem[] {
  const ours = sumUpOrder(row);
  const problems = findWrongTotals(row, ours, row.lines.length).map(
    (field): RowProblem => ({ field, cause: "totals_disagree" }),
  );
  if (ours.net === undefined) return problems;
  if (row.creditOf === undefined && ours.net < 0n)
    problems.push({ field: "creditOf", cause: "field_missing" });
  if (row.creditOf !== undefined && ours.net >= 0n)
    problems.push({ field: "lines.0.quantity", cause: "totals_disagree" });
  return problems;
}
