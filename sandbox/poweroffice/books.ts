import { randomUUID } from "node:crypto";
import { ACCOUNTS } from "./data/chart";
import type { Books, Client, Stored } from "./model";
import type { StandIn } from "./stand-in";

/** The first id that is given to what is written; those that a client begins with are lower. */
const FIRST_ID = 100_000;
/** Later than every change: of two that are made in one millisecond the second is the later one. */
let lastChangeMs = 0;

/** A client's books, which are kept once something of them was asked for. */
export function booksOf({ store }: StandIn, client: Client): Books {
  const { books } = store.state;
  const known = Object.hasOwn(books, client.id) ? books[client.id] : undefined;
  if (known) return known;
  const begun = beginBooks(client);
  books[client.id] = begun;
  return begun;
}

function beginBooks({ customers, products }: Client): Books {
  const at = {
    CreatedDateTimeOffset: "2024-01-08T08:00:00Z",
    LastChangedDateTimeOffset: "2024-01-08T08:00:00Z",
  };
  return {
    nextId: FIRST_ID,
    customers: customers.map((one) => ({
      Id: one.id,
      Number: one.number,
      Name: one.name,
      OrganizationNumber: one.organizationNumber,
      InvoiceEmailAddress: one.invoiceEmail,
      InvoiceDeliveryType: one.deliveryType,
      IsPerson: false,
      IsArchived: false,
    })),
    productGroups: [
      { Id: 801, Code: "1", Name: "Standard", StandardSalesAccount: 3000, IsArchived: false, ...at },
    ],
    products: products.map((one) => ({
      Id: one.id,
      Code: one.code,
      Name: one.name,
      ProductType: "Product",
      StandardSalesAccount: one.salesAccount,
      StandardSalesAccountId: ACCOUNTS.find(({ AccountNo }) => AccountNo === one.salesAccount)?.Id ?? null,
      IsArchived: false,
    })),
    salesOrders: [],
    invoices: [],
  };
}

export function takeId(books: Books): number {
  books.nextId += 1;
  return books.nextId;
}

export const makeUuid = (): string => randomUUID();

/** Now, and never the same twice. */
export function takeTime(): string {
  lastChangeMs = Math.max(Date.now(), lastChangeMs + 1);
  return new Date(lastChangeMs).toISOString();
}

export const findStored = (rows: readonly Stored[], id: unknown): Stored | undefined =>
  rows.find((row) => String(row.Id) === String(id));
