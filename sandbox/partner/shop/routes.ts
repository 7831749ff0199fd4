import type { Exchange } from "../../web/exchange";
import { html } from "../../web/html";
import type { JsonStore } from "../../web/json-store";
import { type Route, route } from "../../web/router";
import { sameSite } from "../../web/same-site";
import { partnerPage } from "../partner-page";
import { type Connected, Interface, type InterfaceOptions, Refused } from "./interface";
import type { Order, ShopState, Told } from "./order";
import { findProduct, readChange } from "./products";
import {
  changeProduct,
  findOrder,
  listConnected,
  makeShop,
  placeOrder,
  refresh,
  refundOrder,
  type Shop,
  sendOrder,
} from "./shop";
import { orders, type ShopAddresses, shopPage } from "./shop-page";

const MOST_AT_ONCE = 99;

export type ShopOptions = InterfaceOptions & ShopAddresses & { store: JsonStore<ShopState> };

/** The shop below `/shop`. */
export function makeShopRoutes(options: ShopOptions): Route[] {
  const shop = makeShop(new Interface(options), options.store);
  const show = (exchange: Exchange, told: Told | null = null) => sendShop(shop, options, exchange, told);
  return [
    route("GET", "/shop", (exchange) => show(exchange)),
    route("GET", "/shop/live", async (exchange) => {
      await refresh(shop);
      exchange.sendPage(orders({ shop, addresses: options }));
    }),
    route(
      "POST",
      "/shop/orders",
      sameSite((exchange) => takeOrder(shop, exchange, show)),
    ),
    route(
      "POST",
      "/shop/products/:code",
      sameSite((exchange) => takeChange(shop, exchange, show)),
    ),
    route(
      "POST",
      "/shop/orders/:number/refund",
      sameSite((exchange) => onOrder(shop, exchange, (order) => refundOrder(shop, order))),
    ),
    route(
      "POST",
      "/shop/orders/:number/send",
      sameSite((exchange) => onOrder(shop, exchange, (order) => sendOrder(shop, order))),
    ),
  ];
}

/** Without a gateway there is nothing to send orders to. */
export const closedShop: Route = route("GET", "/shop", (exchange) =>
  exchange.sendPage(
    partnerPage(
      "The shop is closed",
      html`<p>It sends its orders to the gateway, which was left out of this start (KYTKIN_GATEWAY=0).</p>`,
    ),
    503,
  ),
);

async function sendShop(shop: Shop, addresses: ShopAddresses, exchange: Exchange, told: Told | null) {
  const query = exchange.url.searchParams;
  const chosen = { product: query.get("product"), connection: query.get("connection") };
  let refused = told;
  const connected = await listConnected(shop).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    refused ??= error.told;
    return null;
  });
  exchange.sendPage(
    shopPage({ shop, addresses, connected, told: refused, chosen }),
    told === null ? 200 : 400,
  );
}

type Show = (exchange: Exchange, told: Told) => Promise<void>;

async function takeOrder(shop: Shop, exchange: Exchange, show: Show): Promise<void> {
  const form = await exchange.readForm();
  const product = findProduct(shop.store.state, form.get("product"));
  const quantity = Number(form.get("quantity"));
  const connections = await listWhatIsThere(shop);
  const connected = connections.find(({ id }) => id === form.get("connection"));
  if (!product || !Number.isInteger(quantity) || quantity < 1 || quantity > MOST_AT_ONCE)
    return show(exchange, {
      title: "The order is not complete.",
      detail: `Choose a product, and a whole number from 1 to ${MOST_AT_ONCE}.`,
    });
  if (!connected) return show(exchange, NOT_CONNECTED);
  await placeOrder(shop, { product: product.code, quantity, connected });
  exchange.redirect(`/shop?${new URLSearchParams({ product: product.code, connection: connected.id })}`);
}

const NOT_CONNECTED: Told = {
  title: "This company is not connected any more.",
  detail: "Choose another one.",
};

async function listWhatIsThere(shop: Shop): Promise<Connected[]> {
  return listConnected(shop).catch((error: unknown) => {
    if (error instanceof Refused) return [];
    throw error;
  });
}

async function takeChange(shop: Shop, exchange: Exchange, show: Show): Promise<void> {
  const form = await exchange.readForm();
  const product = findProduct(shop.store.state, exchange.param("code"));
  const change = readChange(form.get("name") ?? "", form.get("price") ?? "");
  if (!product || !change)
    return show(exchange, {
      title: "The product is not changed.",
      detail: "Give it a name of at most 100 characters and a price like 18.50, without a currency.",
    });
  const chosen = form.get("connection") ?? "";
  const connections = await listWhatIsThere(shop);
  const companies = chosen === "all" ? connections : connections.filter(({ id }) => id === chosen);
  if (companies.length === 0) return show(exchange, NOT_CONNECTED);
  await changeProduct(shop, { code: product.code, change, companies });
  exchange.redirect(
    `/shop?${new URLSearchParams({ product: product.code, ...(chosen !== "all" && { connection: chosen }) })}`,
  );
}

async function onOrder(shop: Shop, exchange: Exchange, work: (order: Order) => Promise<void>): Promise<void> {
  const order = findOrder(shop, exchange.param("number"));
  if (order) await work(order);
  exchange.redirect("/shop");
}
