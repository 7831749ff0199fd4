import { Html, html } from "../../web/html";
import { page } from "../../web/page";
import type { Connected } from "./interface";
import { isFinal, isWritten, kindOf, type Order, type Told } from "./order";
import { inMoney, listProducts, type Product, productOf, sumUp } from "./products";
import { findRefund, type Shop } from "./shop";
import { shopStyle } from "./shop-style";
import { vendorOf } from "./vendors";

/** `vendorUrls`: of the vendors that the shop knows, by the integration. */
export type ShopAddresses = { portalUrl: string; vendorUrls: Readonly<Record<string, string | undefined>> };
export type ShopView = {
  shop: Shop;
  addresses: ShopAddresses;
  /** null: the interface did not say, for the reason in `told`. */
  connected: Connected[] | null;
  told: Told | null;
  /** What the form was last sent with, to begin with it again. */
  chosen: { product: string | null; connection: string | null };
};

export function shopPage(view: ShopView): Html {
  return page({
    banner: "Esimerkki Shop (a fictional shop) – sandbox",
    title: "The shop",
    content: html`<style>${new Html(shopStyle)}</style>
<div class="shop"><p class="lead">A web shop that uses the partner’s software. It knows of Kytkin what any software can know: one API key and the public
interface. Every order is sent as one record, and every line below is what the interface answered.</p>
${view.told && html`<p class="error" role="alert"><strong>${view.told.title}</strong> ${view.told.detail}</p>`}
${counter(view)}
${changeForm(view)}
<h2 id="orders-title">Orders</h2>
<div id="orders">${orders(view)}</div></div>`,
    script: liveScript,
  });
}

function counter({ shop, connected, chosen, addresses }: ShopView): Html {
  if (connected === null) return html``;
  if (connected.length === 0)
    return html`<p class="note">No company is connected yet. Connect one first: <a href="${addresses.portalUrl}/integrations/esimerkki-orders">Esimerkki Orders</a>.</p>`;
  const products = listProducts(shop.store.state);
  return html`<form class="counter" method="post" action="/shop/orders">
<fieldset><legend>Product</legend><div class="goods">${products.map(
    (product, index) =>
      html`<label><input type="radio" name="product" value="${product.code}" ${(chosen.product ?? products[0]?.code) === product.code && html`checked`} ${index === 0 && html`required`}><b>${product.name}</b>
<span>${product.price} + VAT ${product.vatPercent} %</span></label>`,
  )}</div></fieldset>
<div class="fields"><label>Quantity <input name="quantity" type="number" min="1" max="99" value="1" required></label>
<label class="grow">For the company <select name="connection">${companyOptions(connected, chosen)}</select></label>
<button class="main">New paid order</button></div></form>`;
}

const companyOptions = (connected: Connected[], chosen: ShopView["chosen"]): Html[] =>
  connected.map(
    ({ id, company, state, integration }) =>
      html`<option value="${id}" ${chosen.connection === id && html`selected`}>${company}${integration !== "esimerkki-orders" && ` (${vendorOf(integration)?.name})`}${state === "needs_attention" && " (needs attention)"}</option>`,
  );

/** One product of the shop by another name or price: one record for each company that is told. */
function changeForm({ shop, connected, chosen }: ShopView): Html {
  if (connected === null || connected.length === 0) return html``;
  const [first, ...others] = listProducts(shop.store.state).map(
    (product) =>
      html`<form class="change" method="post" action="/shop/products/${product.code}"><div class="fields">
<label class="grow">Name <input name="name" value="${product.name}" maxlength="100" required></label>
<label>Price <input name="price" value="${product.price}" inputmode="decimal" required></label>
<label class="grow">Told to <select name="connection">${companyOptions(connected, chosen)}<option value="all">All ${connected.length} companies</option></select></label>
<button>Change ${product.code}</button></div></form>`,
  );
  return html`<details class="changes"><summary>Change a product</summary>
<p><small>The shop sells by the new name and price at once, and the product is changed in the vendor system of the company, or of all of them.</small></p>${first}${others}</details>`;
}

export function orders({ shop, addresses }: Pick<ShopView, "shop" | "addresses">): Html {
  const { orders: all } = shop.store.state;
  if (all.length === 0)
    return html`<p>None yet. A new order shows here what becomes of it, in the shop, in Kytkin and at the vendor.</p>`;
  return html`<div class="heads" aria-hidden="true"><span>Shop</span><span>Kytkin</span><span>Vendor</span></div>
<ul class="orders">${all.map(
    (order) =>
      html`<li class="order" aria-label="${nameOf(order)}"><div>${inShop(shop, order)}</div><div>${inKytkin(order, addresses)}</div><div>${atVendor(order, addresses)}</div></li>`,
  )}</ul>`;
}

function nameOf(order: Order): string {
  const { number, creditOf, product } = order;
  const kind = kindOf(order);
  if (kind === "customer") return `Customer ${number}`;
  if (kind === "product") return `Product ${number}: ${product}`;
  return creditOf === null ? `Order ${number}` : `Refund ${number} of order ${creditOf}`;
}

const badge = (look: "good" | "bad" | "busy" | "", words: string): Html =>
  html`<span class="badge ${look}">${words}</span>`;

function inShop(shop: Shop, order: Order): Html {
  const product = productOf(shop.store.state, order);
  const head = html`<span class="col">Shop</span><h3>${nameOf(order)}</h3>`;
  const company = html`<p><small>${order.company}</small></p>`;
  const currency = vendorOf(order.integration)?.currency ?? "";
  if (kindOf(order) === "customer") return html`${head}<p>Who buys in the shop</p>${company}`;
  if (kindOf(order) === "product")
    return html`${head}<p>${product?.name ?? order.product}<br><small>${product?.price} ${currency} without VAT</small></p>${company}`;
  const refund = findRefund(shop, order);
  const sum = product && html`<br><small>${sumOf(order, product, currency)}</small>`;
  return html`${head}
<p>${order.quantity} × ${product?.name ?? order.product}${sum}</p>${company}
<p>${order.creditOf !== null ? badge("", "Money returned") : order.isPaidAtVendor ? badge("good", `Paid in ${vendorName(order)}`) : badge("", "Paid by card")}</p>
${refund && html`<p><small>Refunded with ${refund.number}</small></p>`}
${order.creditOf === null && isWritten(order) && !refund && html`<form method="post" action="/shop/orders/${order.number}/refund"><button>Refund ${order.number}</button></form>`}`;
}

function sumOf(order: Order, product: Product, currency: string): string {
  const { net, gross } = sumUp(product, order.quantity, product.vatPercent);
  return vendorOf(order.integration)?.hasRates
    ? `${inMoney(gross, currency)} with VAT ${product.vatPercent} %`
    : `${inMoney(net, currency)} without VAT`;
}

function inKytkin(order: Order, { portalUrl }: ShopAddresses): Html {
  const { deliveryId, connectionId, outcome, outcomeAt, placedAt, told } = order;
  const seconds = outcomeAt === null ? 0 : (Date.parse(outcomeAt) - Date.parse(placedAt)) / 1000;
  return html`<span class="col">Kytkin</span>
${
  deliveryId === null && told === null
    ? badge(
        "busy",
        kindOf(order) === "order" && vendorOf(order.integration)?.needs.length
          ? "after its customer and product"
          : "being sent",
      )
    : deliveryId === null
      ? badge("bad", "not taken")
      : outcome === null
        ? badge("busy", "on its way")
        : badge(isWritten(order) ? "good" : isFinal(order) ? "bad" : "busy", outcome)
}
${outcome !== null && isWritten(order) && html` <small>after ${Math.max(0, seconds).toFixed(1)} s</small>`}
${told && html`<p><strong>${told.title}</strong><br>${told.detail}</p>`}
${deliveryId !== null && html`<p><a href="${portalUrl}/connections/${connectionId}/deliveries/${deliveryId}">Delivery of ${order.number}</a></p>`}
${deliveryId === null && told !== null && html`<form method="post" action="/shop/orders/${order.number}/send"><button>Send again</button></form>`}`;
}

const vendorName = ({ integration }: Order): string => vendorOf(integration)?.name ?? "the vendor";

function atVendor(order: Order, { vendorUrls }: ShopAddresses): Html {
  const { integration, vendorId, vendorLabel, vendorStatus, isPaidAtVendor } = order;
  const vendor = vendorOf(integration);
  const head = html`<span class="col">${vendorName(order)}</span>`;
  if (vendorId === null || !vendor) return html`${head}<p class="muted">Nothing yet</p>`;
  const kind = kindOf(order);
  const name = kind === "order" ? vendor.orderName(order) : kind === "product" ? "Product" : "Customer";
  const url = kind === "order" && vendorUrls[integration];
  return html`${head}<h3>${name} ${vendorLabel ?? vendorId}</h3>
<p>${vendorStatus !== null && badge(isPaidAtVendor ? "good" : "", vendorStatus)}</p>
${url && html`<p><a href="${url}${vendor.pageOf(vendorId)}">Open in ${vendor.name}</a></p>`}`;
}

/** Takes the server's list over each second while the page is looked at, unless something in it has the focus and stays the same. */
const liveScript = `
const list = document.getElementById("orders");
async function follow() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch("/shop/live");
    const text = await answer.text();
    if (!answer.ok || text === list.dataset.shown) return;
    list.dataset.shown = text;
    const places = [...list.querySelectorAll("a, button")].map((one) => one.textContent.trim() + (one.href ?? one.form?.action));
    const focused = places[[...list.querySelectorAll("a, button")].indexOf(document.activeElement)];
    list.innerHTML = text;
    if (focused !== undefined) [...list.querySelectorAll("a, button")].find((one) => one.textContent.trim() + (one.href ?? one.form?.action) === focused)?.focus({ preventScroll: true });
  } catch {
    // The shop is away for a moment: its list is asked for again.
  }
}
setInterval(follow, 1000);
document.addEventListener("visibilitychange", follow);
`;
