import { type Html, html } from "../../web/html";
import { page } from "../../web/page";
import { findStored } from "../books";
import { linesOf, makeInvoice } from "../data/sales-order";
import type { Books, Stored } from "../model";
import { findClient, type StandIn } from "../stand-in";

const BANNER = "PowerOffice Go stand-in – sandbox";

type Found = { books: Books; clientId: string; order: Stored | undefined; invoice: Stored | undefined };

/** An order, or the invoice of the same id that it became, in the books of any client. */
function find({ store }: StandIn, id: string): Found | null {
  for (const [clientId, books] of Object.entries(store.state.books)) {
    const order = findStored(books.salesOrders, id);
    const invoice = findStored(books.invoices, id);
    if (order || invoice) return { books, clientId, order, invoice };
  }
  return null;
}

const money = (amount: unknown, currency: unknown): string =>
  `${Number(amount ?? 0).toFixed(2)} ${String(currency ?? "NOK")}`;

/** null for an order that there is not. */
export function orderPage(standIn: StandIn, id: string): Html | null {
  const found = find(standIn, id);
  const one = found?.order ?? found?.invoice;
  if (!found || !one) return null;
  const { order, invoice } = found;
  const isPaid = invoice?.Balance === 0;
  const lines = order ? linesOf(order) : [];
  return page({
    banner: BANNER,
    title: order ? `Order ${String(order.SalesOrderNo)}` : `Invoice ${String(invoice?.InvoiceNo)}`,
    content: html`<p>${findClient(standIn, found.clientId)?.name} to customer ${String(one.CustomerNo)}. State:
<strong>${order ? String(order.SalesOrderStatus).toLowerCase() : isPaid ? "paid" : "sent"}</strong>.</p>
<p>The sender’s own number is ${String(one.ExternalImportReference)}.</p>
${
  lines.length > 0 &&
  html`<div class="scroll" tabindex="0" role="region" aria-label="Lines"><table><thead><tr><th>Product</th><th>Quantity</th><th>Price</th><th>VAT</th></tr></thead>
<tbody>${lines.map(
    (line) =>
      html`<tr><td>${String(line.Description ?? "")}</td><td>${String(line.Quantity ?? "")}</td><td>${Number(line.ProductUnitPrice ?? 0).toFixed(2)}</td><td>${Math.round(Number(line.VatRate ?? 0) * 100)} %</td></tr>`,
  )}</tbody></table></div>`
}
<p>Total with VAT: <strong>${money(one.TotalAmount, one.CurrencyCode)}</strong></p>
${
  order
    ? html`<form method="post" action="/sandbox/orders/${order.Id}/sent"><button class="main">Send the invoice</button></form>
<p class="muted">What a person does in Go with the draft.</p>`
    : isPaid
      ? html`<p class="note">It is paid. Software that reads it sees it so.</p>`
      : html`<form method="post" action="/sandbox/orders/${one.Id}/paid"><button class="main">Mark as paid</button></form>`
}
<p><a href="/sandbox">State</a></p>`,
  });
}

/** A person sends a draft. Whether there is such an order, sent or not. */
export function sendDraft(standIn: StandIn, id: string): boolean {
  const found = find(standIn, id);
  if (!found) return false;
  const { books, order } = found;
  if (order) {
    books.salesOrders = books.salesOrders.filter(({ Id }) => Id !== order.Id);
    books.invoices.push(makeInvoice(order, books));
    standIn.store.save();
  }
  return true;
}

/** The money has come in. Whether there is such an invoice. */
export function payInvoice(standIn: StandIn, id: string): boolean {
  const invoice = find(standIn, id)?.invoice;
  if (!invoice) return false;
  invoice.Balance = 0;
  invoice.BalanceLastChangedDateTimeOffset = new Date().toISOString();
  standIn.store.save();
  return true;
}
