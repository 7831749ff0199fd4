import type { Order } from "./order";
import type { Product } from "./products";

/** What the shop has to know of a vendor system: which record an order is there, and where its payment shows. */
export type Vendor = {
  name: string;
  entity: string;
  makeRow: (order: Order, product: Product) => Record<string, unknown>;
  /** Below the vendor's own base address. */
  pathOf: (vendorId: string) => string;
  readStatus: (record: Record<string, unknown>) => { status: string; isPaid: boolean };
};

const PAID = ["PAID", "MARKED_PAID"];

const procountor: Vendor = {
  name: "Procountor",
  entity: "sales-invoices",
  makeRow: (order, product) => ({
    invoiceNumber: order.number,
    ...(order.creditOf !== null && { creditOf: order.creditOf }),
    date: order.placedAt.slice(0, 10),
    customerName: "Esimerkkiasiakas Oy",
    email: "customer@shop.example",
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
  pathOf: (vendorId) => `/invoices/${encodeURIComponent(vendorId)}`,
  readStatus: ({ status }) => {
    const text = typeof status === "string" ? status : "";
    return { status: text.toLowerCase().replaceAll("_", " "), isPaid: PAID.includes(text) };
  },
};

/** By the integration that the shop sells through. */
const BY_INTEGRATION: Readonly<Record<string, Vendor>> = { "esimerkki-orders": procountor };
export const INTEGRATIONS = Object.keys(BY_INTEGRATION);

export const vendorOf = (integration: string): Vendor | null =>
  Object.hasOwn(BY_INTEGRATION, integration) ? (BY_INTEGRATION[integration] ?? null) : null;
