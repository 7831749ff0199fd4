/** What the interface answered about one order, in its own words. */
export type Told = { title: string; detail: string };

/** An order or, with `creditOf`, the refund of one. All numbers are the shop's own. */
export type Order = {
  number: string;
  creditOf: string | null;
  product: string;
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

export type ShopState = {
  orders: Order[];
  nextNumber: number;
  /** Where to go on in the feed of outcomes, by connection. */
  cursors: Record<string, string>;
};

export const makeShopState = (): ShopState => ({ orders: [], nextNumber: 1001, cursors: {} });

/** After these the interface tells nothing more about a row. */
const FINAL = ["written", "unchanged", "rejected", "superseded"];
export const isFinal = ({ outcome }: Order): boolean => outcome !== null && FINAL.includes(outcome);

export const isWritten = ({ outcome, vendorId }: Order): boolean =>
  vendorId !== null && (outcome === "written" || outcome === "unchanged");
