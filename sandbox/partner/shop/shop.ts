import type { JsonStore } from "../../web/json-store";
import { type Connected, type Interface, type Outcome, Refused } from "./interface";
import { isFinal, isWritten, type Order, type ShopState } from "./order";
import { findProduct } from "./products";
import { INTEGRATIONS, type Vendor, vendorOf } from "./vendors";

/** The page asks every second, from each window that shows it. */
const REFRESH_AFTER_MS = 900;
/** Unpaid invoices that are read again each time, the newest. */
const WATCHED = 10;
const LONGEST_LIST = 200;

export type Shop = {
  api: Interface;
  store: JsonStore<ShopState>;
  refreshed: { at: number; work: Promise<void> };
};

export const makeShop = (api: Interface, store: JsonStore<ShopState>): Shop => ({
  api,
  store,
  refreshed: { at: 0, work: Promise.resolve() },
});

export async function listConnected({ api }: Shop): Promise<Connected[]> {
  return (await Promise.all(INTEGRATIONS.map((integration) => api.listConnected(integration)))).flat();
}

export const findOrder = ({ store }: Shop, number: string): Order | null =>
  store.state.orders.find((order) => order.number === number) ?? null;

/** Keeps a paid order and sends it; one that is not taken stays, to be sent again. */
export async function placeOrder(
  shop: Shop,
  { product, quantity, connected }: { product: string; quantity: number; connected: Connected },
): Promise<void> {
  const { id: connectionId, company, integration } = connected;
  await add(shop, { creditOf: null, product, quantity, connectionId, company, integration });
}

/** A refund in full: a credit note that names the original. One order is refunded once. */
export async function refundOrder(shop: Shop, order: Order): Promise<void> {
  if (order.creditOf !== null || !isWritten(order) || findRefund(shop, order)) return;
  const { product, quantity, connectionId, company, integration } = order;
  const creditOf = order.number;
  await add(shop, { creditOf, product, quantity: -quantity, connectionId, company, integration });
}

export const findRefund = ({ store }: Shop, { number }: Order): Order | null =>
  store.state.orders.find(({ creditOf }) => creditOf === number) ?? null;

type New = Pick<Order, "creditOf" | "product" | "quantity" | "connectionId" | "company" | "integration">;

async function add(shop: Shop, wanted: New): Promise<void> {
  const { state } = shop.store;
  const order: Order = {
    ...wanted,
    number: String(state.nextNumber),
    placedAt: new Date().toISOString(),
    deliveryId: null,
    told: null,
    outcome: null,
    outcomeAt: null,
    vendorId: null,
    vendorLabel: null,
    vendorStatus: null,
    isPaidAtVendor: false,
  };
  state.nextNumber += 1;
  state.orders = [order, ...state.orders].slice(0, LONGEST_LIST);
  shop.store.save();
  await sendOrder(shop, order);
}

/** May be repeated: the order's number is the key of its record and of its call. */
export async function sendOrder(shop: Shop, order: Order): Promise<void> {
  const vendor = vendorOf(order.integration);
  const product = findProduct(order.product);
  if (!vendor || !product || order.deliveryId !== null) return;
  try {
    const row = vendor.makeRow(order, product);
    const { deliveryId, outcomes } = await shop.api.deliver(
      order.connectionId,
      vendor.entity,
      row,
      `shop-order-${order.number}`,
    );
    order.deliveryId = deliveryId;
    order.told = null;
    for (const outcome of outcomes) take(order, outcome);
  } catch (error) {
    order.told = toldBy(error);
  }
  shop.store.save();
}

function take(order: Order, { outcome, at, vendorId, vendorLabel, told }: Outcome): void {
  Object.assign(order, { outcome, outcomeAt: at, vendorId, vendorLabel, told });
}

function toldBy(error: unknown): Order["told"] {
  if (error instanceof Refused) return error.told;
  throw error;
}

/** Reads what is new: outcomes of what is on its way, and payments of what is written. At most one at a time. */
export function refresh(shop: Shop): Promise<void> {
  const now = Date.now();
  if (now - shop.refreshed.at < REFRESH_AFTER_MS) return shop.refreshed.work;
  shop.refreshed = { at: now, work: readNews(shop) };
  return shop.refreshed.work;
}

async function readNews(shop: Shop): Promise<void> {
  const { orders } = shop.store.state;
  const waiting = orders.filter((order) => order.deliveryId !== null && !isFinal(order));
  const connections = new Set(waiting.map(({ connectionId }) => connectionId));
  const unpaid = orders.filter((order) => isWritten(order) && !order.isPaidAtVendor);
  await Promise.all([
    ...[...connections].map((id) => quietly(() => readOutcomes(shop, id))),
    ...unpaid.slice(0, WATCHED).map((order) => quietly(() => readPayment(shop, order))),
  ]);
  shop.store.save();
}

/** What cannot be read now is read the next time: the order shows what is known. */
async function quietly(work: () => Promise<void>): Promise<void> {
  await work().catch(toldBy);
}

async function readOutcomes({ api, store: { state } }: Shop, connectionId: string): Promise<void> {
  for (let hasMore = true; hasMore; ) {
    const page = await api.listOutcomes(connectionId, state.cursors[connectionId]).catch((error: unknown) => {
      // The feed no longer goes back so far: the next reading begins with what it has.
      if (toldBy(error)?.title === "cursor_ended") delete state.cursors[connectionId];
      throw error;
    });
    for (const outcome of page.outcomes) {
      const order = state.orders.find(
        (one) => one.connectionId === connectionId && one.number === outcome.key,
      );
      if (order) take(order, outcome);
    }
    if (page.nextCursor !== null) state.cursors[connectionId] = page.nextCursor;
    hasMore = page.hasMore;
  }
}

async function readPayment({ api }: Shop, order: Order): Promise<void> {
  const vendor: Vendor | null = vendorOf(order.integration);
  if (!vendor || order.vendorId === null) return;
  const record = await api.readVendor(order.connectionId, vendor.pathOf(order.vendorId));
  const { status, isPaid } = vendor.readStatus(record);
  order.vendorStatus = status;
  order.isPaidAtVendor = isPaid;
}
