import { type Kind, kindOf, type Order } from "./order";
import type { Product } from "./products";

type Row = Record<string, unknown>;
type Status = { status: string; isPaid: boolean };

/** What the shop has to know of a vendor system: which record an order is there, what it needs, and where its payment shows. */
export type Vendor = {
  name: string;
  currency: string;
  /** Whether a row says at which VAT rate it is; otherwise the vendor's own accounts do. */
  hasRates: boolean;
  entities: Readonly<Record<Kind, string>>;
  makeRow: Readonly<
    Record<Exclude<Kind, "customer">, (order: Order, product: Product) => Row> & Record<"customer", () => Row>
  >;
  /** What has to be there before an order: the vendor refuses one that names what it does not know. */
  needs: readonly Exclude<Kind, "order">[];
  /** What an order is called there; it may become something else when a person sends it. */
  orderName: (order: Order) => string;
  /** Where an order is below the vendor's own base address: the first that answers has it. */
  pathsOf: (vendorId: string) => readonly string[];
  readStatus: (record: Row) => Status;
  /** Where a person sees it, below the address of the vendor. */
  pageOf: (vendorId: string) => string;
};

/** All orders of the shop are of one customer. */
const CUSTOMER = { id: "SHOP-CUSTOMER", name: "Esimerkkiasiakas Oy", email: "customer@shop.example" };
const PAID = ["PAID", "MARKED_PAID"];

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const procountor: Vendor = {
  name: "Procountor",
  currency: "€",
  hasRates: true,
  entities: { order: "sales-invoices", product: "products", customer: "customers" },
  needs: [],
  makeRow: {
    order: (order, product) => ({
      invoiceNumber: order.number,
      ...(order.creditOf !== null && { creditOf: order.creditOf }),
      date: order.placedAt.slice(0, 10),
      customerName: CUSTOMER.name,
      email: CUSTOMER.email,
      orderReference: `Shop ${order.number}`,
      lines: [
        {
          product: product.name,
          productCode: product.code,
          quantity: String(order.quantity),
          unitPrice: product.price,
          vatPercent: product.vatPercent,
        },
      ],
    }),
    product: (_order, product) => ({
      code: product.code,
      name: product.name,
      unitPrice: product.price,
      vatPercent: product.vatPercent,
    }),
    customer: () => ({ customerNumber: CUSTOMER.id, name: CUSTOMER.name, email: CUSTOMER.email }),
  },
  orderName: ({ creditOf }) => (creditOf === null ? "Invoice" : "Credit note"),
  pathsOf: (vendorId) => [`/invoices/${encodeURIComponent(vendorId)}`],
  readStatus: ({ status }) => {
    const text = textOf(status);
    return { status: text.toLowerCase().replaceAll("_", " "), isPaid: PAID.includes(text) };
  },
  pageOf: (vendorId) => `/sandbox/invoices/${vendorId}`,
};

/** Orders are drafts: one that a person sends in Go is an invoice under the same id. VAT follows the client's accounts. */
const powerOfficeGo: Vendor = {
  name: "PowerOffice Go",
  currency: "kr",
  hasRates: false,
  entities: { order: "sales-orders", product: "products", customer: "customers" },
  needs: ["customer", "product"],
  makeRow: {
    order: (order, product) => ({
      orderNumber: order.number,
      ...(order.creditOf !== null && { creditOf: order.creditOf }),
      date: order.placedAt.slice(0, 10),
      customerId: CUSTOMER.id,
      customerReference: `Shop ${order.number}`,
      lines: [
        {
          productCode: product.code,
          description: product.name,
          quantity: String(order.quantity),
          unitPrice: product.price,
        },
      ],
    }),
    product: (_order, product) => ({ code: product.code, name: product.name, unitPrice: product.price }),
    customer: () => ({ customerId: CUSTOMER.id, name: CUSTOMER.name, email: CUSTOMER.email }),
  },
  orderName: ({ creditOf }) => (creditOf === null ? "Order" : "Credit note"),
  pathsOf: (vendorId) => {
    const id = encodeURIComponent(vendorId);
    return [`/SalesOrders/${id}`, `/OutgoingInvoices/${id}`];
  },
  readStatus: ({ SalesOrderStatus, InvoiceNo, Balance }) =>
    InvoiceNo === undefined
      ? { status: textOf(SalesOrderStatus).toLowerCase(), isPaid: false }
      : { status: `invoice ${String(InvoiceNo)}`, isPaid: Balance === 0 },
  pageOf: (vendorId) => `/sandbox/orders/${vendorId}`,
};

/** By the integration that the shop sells through. */
const BY_INTEGRATION: Readonly<Record<string, Vendor>> = {
  "esimerkki-orders": procountor,
  "esimerkki-go-invoices": powerOfficeGo,
};
export const INTEGRATIONS = Object.keys(BY_INTEGRATION);

export const vendorOf = (integration: string): Vendor | null =>
  Object.hasOwn(BY_INTEGRATION, integration) ? (BY_INTEGRATION[integration] ?? null) : null;

/** Of its record, as the interface gives it back. */
export function keyOf(order: Order): string {
  const kind = kindOf(order);
  if (kind === "customer") return CUSTOMER.id;
  return kind === "product" ? order.product : order.number;
}
