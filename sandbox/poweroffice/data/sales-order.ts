import { makeUuid, takeTime } from "../books";
import type { Books, Stored } from "../model";
import { ACCOUNTS, DEFAULT_SALES_ACCOUNT, VAT_CODES } from "./chart";

const ore = (amount: number): number => Math.round((amount + Math.sign(amount) * Number.EPSILON) * 100) / 100;
const numberOf = (value: unknown): number => Number(value ?? 0);

/** The lines of an order in their order. */
export function linesOf(order: Stored): Stored[] {
  const lines: Stored[] = Array.isArray(order.SalesOrderLines) ? order.SalesOrderLines : [];
  return lines.toSorted((a, b) => numberOf(a.SortOrder) - numberOf(b.SortOrder));
}

/** A line with what Go fills in: texts and prices of its product, and amounts in the order's currency, rounded to øre. */
export function makeLine(input: Record<string, unknown>, order: Stored, books: Books): Stored {
  const product = findProduct(books, input);
  const kept = {
    LineType: "Normal",
    Allowance: 0,
    ...input,
    Id: String(input.Id ?? makeUuid()),
    SalesOrderId: order.Id,
  };
  if (!product) return { ...kept, NetAmount: 0, VatAmount: 0, TotalAmount: 0 };
  const vat = vatOf(product, books);
  const price = numberOf(input.ProductUnitPrice ?? product.UnitPrice);
  const net = ore(numberOf(input.Quantity) * price * (1 - numberOf(input.Allowance) / 100));
  const vatAmount = ore(net * vat.Rate);
  return {
    ...kept,
    ProductId: product.Id,
    ProductCode: product.Code,
    Description: input.Description ?? product.Name,
    ProductUnitPrice: price,
    UnitOfMeasureCode: input.UnitOfMeasureCode ?? product.UnitOfMeasureCode ?? "EA",
    ...{ NetAmount: net, VatAmount: vatAmount, TotalAmount: ore(net + vatAmount) },
    ...{ VatId: vat.Id, VatCode: vat.Code, VatRate: vat.Rate },
  };
}

/** The id wins over the code. */
export function findProduct({ products }: Books, line: Record<string, unknown>): Stored | undefined {
  const { ProductId: id, ProductCode: code } = line;
  return products.find((one) => (id ? one.Id === id : code !== undefined && one.Code === code));
}

/** The VAT of the account that a product is posted to: its own, its group's, or that of the client's settings. */
function vatOf(product: Stored, { productGroups }: Books) {
  const group = productGroups.find(({ Id }) => Id === product.ProductGroupId);
  const number = product.StandardSalesAccount ?? group?.StandardSalesAccount ?? DEFAULT_SALES_ACCOUNT;
  const code = ACCOUNTS.find(({ AccountNo }) => AccountNo === number)?.VatCode;
  return VAT_CODES.find(({ Code }) => Code === code) ?? VAT_CODES[0];
}

/** Adds an order's lines up; `skewOre` is by how much the stand-in does so wrong. */
export function sumUp(order: Stored, skewOre: number): void {
  const lines = linesOf(order);
  const sum = (name: string) => lines.reduce((total, line) => total + numberOf(line[name]), 0);
  order.NetAmount = ore(sum("NetAmount") + skewOre / 100);
  order.TotalAmount = ore(sum("TotalAmount") + skewOre / 100);
  order.LineCount = lines.length;
  order.LastChangedDateTimeOffset = takeTime();
}

/** The invoice that an order becomes when a person sends it: by the same id. */
export function makeInvoice(order: Stored, books: Books): Stored {
  const now = takeTime();
  return {
    Id: order.Id,
    InvoiceNo: 5001 + books.invoices.length,
    VoucherNo: 1 + books.invoices.length,
    OrderNo: order.SalesOrderNo,
    ExternalImportReference: order.ExternalImportReference,
    ImportedOrderNo: order.ImportedOrderNo,
    CustomerId: order.CustomerId,
    CustomerNo: order.CustomerNo,
    CurrencyCode: order.CurrencyCode,
    OrderDate: order.SalesOrderDate,
    VoucherDate: now.slice(0, 10),
    NetAmount: order.NetAmount,
    TotalAmount: order.TotalAmount,
    Balance: order.TotalAmount,
    BalanceLastChangedDateTimeOffset: now,
    IsReversed: false,
    IsCreatedByCurrentIntegration: order.IsCreatedByCurrentIntegration,
    CreatedDateTimeOffset: now,
    LastChangedDateTimeOffset: now,
    SentDateTimeOffset: now,
  };
}
