import { type Input, invalid, readText } from "../../web/read-input";
import { booksOf, findStored, makeUuid, takeId, takeTime } from "../books";
import { makeInvoice, makeLine, sumUp } from "../data/sales-order";
import type { Books, Stored } from "../model";
import { findClient, type StandIn } from "../stand-in";

/** What persons and other integrations do in a client's books, for `POST /sandbox/faults`. */

function readBooks(standIn: StandIn, input: Input): Books {
  const client = findClient(standIn, readText(input.clientId, "clientId"));
  if (!client) throw invalid("there is no such client");
  return booksOf(standIn, client);
}

/** A customer that another integration or a person made; `fields` have the vendor's names. */
export function addForeignCustomer(standIn: StandIn, { fields, ...input }: Input): void {
  const books = readBooks(standIn, input);
  books.customers.push({
    IsPerson: false,
    InvoiceDeliveryType: "Print",
    ...toFields(fields),
    Id: takeId(books),
  });
}

export function addForeignProduct(standIn: StandIn, { fields, ...input }: Input): void {
  const books = readBooks(standIn, input);
  books.products.push({ ProductType: "Product", ...toFields(fields), Id: takeId(books) });
}

/** An order of another integration, with one line of the first product. */
export function addForeignOrder(standIn: StandIn, { fields, ...input }: Input): void {
  const books = readBooks(standIn, input);
  const [customer] = books.customers;
  const [product] = books.products;
  const order: Stored = {
    ...{
      CustomerId: customer?.Id,
      CustomerNo: customer?.Number,
      CurrencyCode: "NOK",
      SalesOrderStatus: "Draft",
    },
    ...toFields(fields),
    Id: makeUuid(),
    SalesOrderNo: 1 + books.salesOrders.length,
    IsCreatedByCurrentIntegration: false,
    CreatedDateTimeOffset: takeTime(),
  };
  const line = { ProductId: product?.Id, Quantity: 1, ProductUnitPrice: 10, SortOrder: 0 };
  order.SalesOrderLines = [makeLine(line, order, books)];
  sumUp(order, 0);
  books.salesOrders.push(order);
}

/** A person in Go sends an order: it is an invoice from now on. */
export function sendOrder(standIn: StandIn, input: Input): void {
  const books = readBooks(standIn, input);
  const order = requireOrder(books, input);
  books.salesOrders = books.salesOrders.filter(({ Id }) => Id !== order.Id);
  books.invoices.push(makeInvoice(order, books));
}

/** A person in Go confirms an order, or deletes it. */
export function confirmOrder(standIn: StandIn, input: Input): void {
  requireOrder(readBooks(standIn, input), input).SalesOrderStatus = "Confirmed";
}

export function deleteOrder(standIn: StandIn, input: Input): void {
  const books = readBooks(standIn, input);
  const order = requireOrder(books, input);
  books.salesOrders = books.salesOrders.filter(({ Id }) => Id !== order.Id);
}

function requireOrder({ salesOrders }: Books, { orderId }: Input): Stored {
  const found = findStored(salesOrders, orderId);
  if (!found) throw invalid("there is no such order");
  return found;
}

const toFields = (fields: unknown): Record<string, unknown> =>
  typeof fields === "object" && fields !== null && !Array.isArray(fields) ? { ...fields } : {};
