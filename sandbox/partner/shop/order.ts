/** What the interface answered about one record, in its own words. */
export type Told = { title: string; detail: string };

/** The record that something of the shop is at the vendor: an order, a product as it is now, the customer of all orders. */
export type Kind = "order" | "product" | "customer";

/** One record that the shop sent: an order or, with `creditOf`, the refund of one, a product or the customer. */
export type Order = {
  /** Absent from what an older shop wrote: an order. */
  kind?: Kind;
  /** The shop's own, unlike any other record's. */
  number: string;
  creditOf: string | null;
  /** The code of the product; empty for the customer. */
  product: string;
  /** Its name and price when this was made, which a later change leaves as they were; absent from what an older shop wrote. */
  productName?: string;
  unitPrice?: string;
  /** Negative for a refund. */
  quantity: number;
  connectionId: string;
  company: string;
  /** Through which integration of the partner's it goes. */
  integration: string;
  placedAt: string;
  /** null while the interface did not take it. */
  deliveryId: string | null;
  /** Why it was not taken, or what is wrong with it. */
  told: Told | null;
  /** The newest outcome; null while it is on its way. */
  outcome: string | null;
  outcomeAt: string | null;
  /** Of the record at the vendor. */
  vendorId: string | null;
  vendorLabel: string | null;
  /** As the vendor last said, read through the gateway. */
  vendorStatus: string | null;
  isPaidAtVendor: boolean;
};

/** What a person changed of a product. */
export type ProductChange = { name: string; price: string };

export type ShopState = {
  orders: Order[];
  nextNumber: number;
  /** Numbers of what is no order: products and customers. */
  nextRecord: number;
  /** By the product's code. */
  changes: Record<string, ProductChange>;
  /** Where to go on in the feed of outcomes, by connection. */
  cursors: Record<string, string>;
};

export const makeShopState = (): ShopState => ({
  orders: [],
  nextNumber: 1001,
  nextRecord: 1,
  changes: {},
  cursors: {},
});

export const kindOf = ({ kind }: Order): Kind => kind ?? "order";

/** After these the interface tells nothing more about a row. */
const FINAL = ["written", "unchanged", "rejected", "superseded"];
export const isFinal = ({ outcome }: Order): boolean => outcome !== null && FINAL.includes(outcome);

export const isWritten = ({ outcome, vendorId }: Order): boolean =>
  vendorId !== null && (outcome === "written" || outcome === "unchanged");
