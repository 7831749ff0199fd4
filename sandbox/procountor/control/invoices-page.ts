import { type Html, html } from "../../web/html";
import { page } from "../../web/page";

import { type Invoice, markPaid } from "../data/invoice";
import { findCompany, type StandIn } from "../stand-in";

const BANNER = "Procountor stand-in – sandbox";
const SHOWN = 200;
const PAID = ["PAID", "MARKED_PAID"];

const toWords = (status: string): string => status.toLowerCase().replaceAll("_", " ");
const find = ({ store }: StandIn, id: string): Invoice | undefined =>
  store.state.invoices.find(({ body }) => String(body.id) === id);

/** Invoices of all companies, the newest first. */
export function invoicesPage(standIn: StandIn): Html {
  const invoices = standIn.store.state.invoices.slice(-SHOWN).reverse();
  const row = ({ companyId, body }: Invoice): Html =>
    html`<tr><td><a href="/sandbox/invoices/${body.id}">${body.invoiceNumber}</a></td><td>${body.originalInvoiceNumber}</td>
<td>${findCompany(standIn, companyId)?.name}</td><td>${totalOf(body)}</td><td>${toWords(body.status)}</td></tr>`;
  return page({
    banner: BANNER,
    title: "Invoices",
    content:
      invoices.length === 0
        ? html`<p>None yet.</p><p><a href="/sandbox">State and faults</a></p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="Invoices"><table><thead><tr><th>Number</th><th>Sender’s number</th><th>Company</th><th>Total</th><th>State</th></tr></thead>
<tbody>${invoices.map(row)}</tbody></table></div><p><a href="/sandbox">State and faults</a></p>`,
  });
}

function totalOf({ invoiceSumInfo }: Invoice["body"]): string {
  const [sum] = invoiceSumInfo;
  return sum ? `${sum.invoiceSumTotal.toFixed(2)} ${sum.currency}` : "";
}

/** null for an invoice that there is not. */
export function invoicePage(standIn: StandIn, id: string): Html | null {
  const invoice = find(standIn, id);
  if (!invoice) return null;
  const { companyId, body } = invoice;
  const isPaid = PAID.includes(body.status);
  return page({
    banner: BANNER,
    title: `Invoice ${body.invoiceNumber}`,
    content: html`<p>${findCompany(standIn, companyId)?.name} to ${body.counterParty.counterPartyAddress.name}, dated ${body.date}, due
${body.paymentInfo.dueDate}. State: <strong>${toWords(body.status)}</strong>.</p>
${body.originalInvoiceNumber !== undefined && html`<p>The sender’s own number is ${body.originalInvoiceNumber}.</p>`}
${typeof body.additionalInformation === "string" && html`<p class="note">${body.additionalInformation}</p>`}
<div class="scroll" tabindex="0" role="region" aria-label="Rows"><table><thead><tr><th>Product</th><th>Quantity</th><th>Price</th><th>VAT</th></tr></thead>
<tbody>${body.invoiceRows.map(
      ({ product, quantity, unitPrice, vatPercent }) =>
        html`<tr><td>${product}</td><td>${quantity}</td><td>${unitPrice.toFixed(2)}</td><td>${vatPercent} %</td></tr>`,
    )}</tbody></table></div>
<p>Total with VAT: <strong>${totalOf(body)}</strong></p>
${
  isPaid
    ? html`<p class="note">It is marked as paid. Software that reads it sees it so.</p>`
    : html`<form method="post" action="/sandbox/invoices/${body.id}/paid"><button class="main">Mark as paid</button></form>
<p class="muted">What a person does in Procountor when the money has come in.</p>`
}
<p><a href="/sandbox/invoices">All invoices</a></p>`,
  });
}

/** Whether there is such an invoice. */
export function payInvoice(standIn: StandIn, id: string): boolean {
  const invoice = find(standIn, id);
  if (!invoice) return false;
  markPaid(invoice);
  standIn.store.save();
  return true;
}
