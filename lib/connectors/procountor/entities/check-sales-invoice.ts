import type { RowProblem } from "@/lib/connectors/entity";
import { findWrongTotals, sumUp } from "@/lib/connectors/totals";
import { toCountryName } from "../countries";
import { findOtherCharacters, isBusinessId } from "./field-rules";
import type { SalesInvoiceRow, SalesInvoiceSettings } from "./sales-invoice-fields";

/** What the schema cannot say of an invoice. Makes no call. */
export function checkSalesInvoice(row: SalesInvoiceRow, settings: SalesInvoiceSettings): RowProblem[] {
  return [
    ...findOtherCharacters(row),
    ...checkDates(row),
    ...checkCustomer(row, settings),
    ...checkCurrency(row, settings),
    ...checkTotals(row, settings),
  ];
}

function checkDates({ date, dueDate }: SalesInvoiceRow): RowProblem[] {
  if (dueDate === undefined) return [];
  if (dueDate < date) return [{ field: "dueDate", cause: "date_order" }];
  // The payment term can be 0 to 999 days.
  const days = (Date.parse(dueDate) - Date.parse(date)) / 86_400_000;
  return days > 999 ? [{ field: "dueDate", cause: "payment_terms_invalid" }] : [];
}

function checkCustomer(row: SalesInvoiceRow, settings: SalesInvoiceSettings): RowProblem[] {
  const problems: RowProblem[] = NEEDED[row.channel ?? settings.channel]
    .filter((field) => row[field] === undefined)
    .map((field) => ({ field, cause: "delivery_address_missing" }));
  if (row.country !== undefined && toCountryName(row.country) === null)
    problems.push({ field: "country", cause: "field_invalid" });
  const isFinnish = (row.country ?? "FI") === "FI";
  if (row.customerBusinessId !== undefined && isFinnish && !isBusinessId(row.customerBusinessId))
    problems.push({ field: "customerBusinessId", cause: "business_id_invalid" });
  return problems;
}

/** What each way of sending needs, by the descriptions of the vendor's fields. */
const NEEDED: Record<SalesInvoiceSettings["channel"], readonly (keyof SalesInvoiceRow)[]> = {
  EMAIL: ["email"],
  MAIL: ["street", "postalCode", "city"],
  ELECTRONIC_INVOICE: ["eInvoiceAddress", "eInvoiceOperator", "street", "postalCode", "city"],
  NO_SENDING: [],
};

function checkCurrency(row: SalesInvoiceRow, settings: SalesInvoiceSettings): RowProblem[] {
  const isForeign = row.currency !== undefined && row.currency !== settings.currency;
  return isForeign && row.currencyRate === undefined
    ? [{ field: "currencyRate", cause: "field_missing" }]
    : [];
}

function checkTotals(row: SalesInvoiceRow, settings: SalesInvoiceSettings): RowProblem[] {
  const ours = sumUp(row.lines, settings.unitPricesIncludeVat === "YES");
  const problems = findWrongTotals(row, ours, row.lines.length).map(
    (field): RowProblem => ({ field, cause: "totals_disagree" }),
  );
  if (row.creditOf === undefined && ours.gross < 0n)
    problems.push({ field: "creditOf", cause: "field_missing" });
  if (row.creditOf !== undefined && ours.gross >= 0n)
    problems.push({ field: "lines.0.quantity", cause: "totals_disagree" });
  return problems;
}
