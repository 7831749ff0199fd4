import type { JsonStore } from "../../web/json-store";
import { type Connected, type Interface, type Outcome, Refused } from "./interface";
import {
  isFinal,
  isWritten,
  type Kind,
  kindOf,
  type Order,
  type ProductChange,
  type ShopState,
} from "./order";
import { findProduct, productOf } from "./products";
import { INTEGRATIONS, keyOf, vendorOf } from "./vendors";

/** The page asks every second, from each window that shows it. */
const REFRESH_AFTER_MS = 900;
/** Unpaid invoices that are read again each time, the newest. */
const WATCHED = 10;
const LONGEST_LIST = 200;
/** Companies that are told of a changed product at once. */
const TOLD_AT_ONCE = 5;

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
  const order = add(shop, { creditOf: null, product, quantity, ...toCompany(connected) });
  await sendOrder(shop, order);
}

/** A refund in full, at the price that was paid: a credit note that names the original. One order is refunded once. */
export async function refundOrder(shop: Shop, order: Order): Promise<void> {
  if (kindOf(order) !== "order" || order.creditOf !== null || !isWritten(order) || findRefund(shop, order))
    return;
  const { product, productName, unitPrice, quantity, connectionId, company, integration } = order;
  const refund = add(shop, {
    ...{ creditOf: order.number, product, quantity: -quantity, connectionId, company, integration },
    ...(productName !== undefined && { productName }),
    ...(unitPrice !== undefined && { unitPrice }),
  });
  await sendOrder(shop, refund);
}

export const findRefund = ({ store }: Shop, { number }: Order): Order | null =>
  store.state.orders.find(({ creditOf }) => creditOf === number) ?? null;

/** Sells a product by another name or price from now on, and has it changed at the vendors of these companies. */
export async function changeProduct(
  shop: Shop,
  { code, change, companies }: { code: string; change: ProductChange; companies: readonly Connected[] },
): Promise<void> {
  shop.store.state.changes[code] = change;
  const told = companies.map((connected) => addRecord(shop, "product", code, toCompany(connected)));
  for (let from = 0; from < told.length; from += TOLD_AT_ONCE)
    await Promise.all(told.slice(from, from + TOLD_AT_ONCE).map((record) => send(shop, record)));
}

type Company = Pick<Order, "connectionId" | "company" | "integration">;
type New = Company &
  Pick<Order, "creditOf" | "product" | "quantity"> &
  Partial<Pick<Order, "kind" | "number" | "productName" | "unitPrice">>;

const toCompany = ({ id, company, integration }: Connected): Company => ({
  connectionId: id,
  company,
  integration,
});

function add(shop: Shop, wanted: New): Order {
  const { state } = shop.store;
  const product = findProduct(state, wanted.product);
  const order: Order = {
    number: wanted.number ?? String(state.nextNumber++),
    ...(product && { productName: product.name, unitPrice: product.price }),
    ...wanted,
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
  state.orders = [order, ...state.orders].slice(0, LONGEST_LIST);
  shop.store.save();
  return order;
}

/** A product as it is now, or the customer of all orders. */
function addRecord(shop: Shop, kind: Exclude<Kind, "order">, code: string, company: Company): Order {
  const number = `${kind === "product" ? "P" : "C"}${shop.store.state.nextRecord++}`;
  return add(shop, { kind, number, creditOf: null, product: code, quantity: 1, ...company });
}

/**
 * May be repeated: the number is the key of the call, so that it is one delivery. An order of a vendor that has to know its customer
 * and its product waits for them, and is sent by `refresh` once they are there.
 */
export async function sendOrder(
  shop: Shop,
  order: Order,
  { isAnew }: { isAnew: boolean } = { isAnew: true },
): Promise<void> {
  if (order.deliveryId !== null) return;
  const needed = kindOf(order) === "order" ? await sendNeeded(shop, order, isAnew) : [];
  const failed = needed.find(({ told }) => told !== null);
  order.told = failed ? failed.told : null;
  if (needed.every(isWritten)) await send(shop, order);
  shop.store.save();
}

/** What the vendor has to have before the order; what is not there as it is now is sent. */
async function sendNeeded(shop: Shop, order: Order, isAnew: boolean): Promise<Order[]> {
  const vendor = vendorOf(order.integration);
  const needed: Order[] = [];
  for (const kind of vendor?.needs ?? []) {
    const code = kind === "product" ? order.product : "";
    const product = findProduct(shop.store.state, code);
    const newest = shop.store.state.orders.find(
      (one) => one.connectionId === order.connectionId && kindOf(one) === kind && one.product === code,
    );
    const isAsNow =
      newest && newest.unitPrice === product?.price && newest.productName === product?.name ? newest : null;
    // What was refused, or not taken, a person sends anew: somebody may have mended it since.
    const isOfUse = isAsNow !== null && (isAsNow.told === null || !isAnew);
    const { connectionId, company, integration } = order;
    const record = isOfUse ? isAsNow : addRecord(shop, kind, code, { connectionId, company, integration });
    if (record.deliveryId === null && record.told === null) await send(shop, record);
    needed.push(record);
  }
  return needed;
}

async function send(shop: Shop, order: Order): Promise<void> {
  const vendor = vendorOf(order.integration);
  const kind = kindOf(order);
  const product = productOf(shop.store.state, order);
  if (!vendor || order.deliveryId !== null) return;
  const row =
    kind === "customer" ? vendor.makeRow.customer() : product && vendor.makeRow[kind](order, product);
  if (!row) return;
  try {
    const { deliveryId, outcomes } = await shop.api.deliver(
      order.connectionId,
      vendor.entities[kind],
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
  const unpaid = orders.filter(
    (order) => kindOf(order) === "order" && isWritten(order) && !order.isPaidAtVendor,
  );
  await Promise.all([
    ...[...connections].map((id) => quietly(() => readOutcomes(shop, id))),
    ...unpaid.slice(0, WATCHED).map((order) => quietly(() => readPayment(shop, order))),
  ]);
  // Orders that waited for their customer and product, the oldest first.
  const held = orders.filter((order) => order.deliveryId === null && order.told === null).reverse();
  for (const order of held) await quietly(() => sendOrder(shop, order, { isAnew: false }));
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
      const order =
        state.orders.find(({ deliveryId }) => deliveryId !== null && deliveryId === outcome.deliveryId) ??
        // Its outcome may come before the answer that names the delivery.
        state.orders.find(
          (one) => one.deliveryId === null && one.connectionId === connectionId && keyOf(one) === outcome.key,
        );
      if (order) take(order, outcome);
    }
    if (page.nextCursor !== null) state.cursors[connectionId] = page.nextCursor;
    hasMore = page.hasMore;
  }
}

async function readPayment({ api }: Shop, order: Order): Promise<void> {
  const vendor = vendorOf(order.integration);
  if (!vendor || order.vendorId === null) return;
  for (const path of vendor.pathsOf(order.vendorId)) {
    const record = await api.readVendor(order.connectionId, path).catch((error: unknown) => {
      toldBy(error);
      return null;
    });
    if (record === null) continue;
    const { status, isPaid } = vendor.readStatus(record);
    order.vendorStatus = status;
    order.isPaidAtVendor = isPaid;
    return;
  }
}
