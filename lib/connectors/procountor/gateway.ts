import type { GatewayDoor, VendorOperation } from "@/lib/connectors/gateway-door";
import type { RightAsked } from "@/lib/connectors/manifest";
import { getApiUrl } from "./base-url";
import { getToken } from "./token";

const view = (path: string): RightAsked => ({ path, level: "VIEWING_RIGHTS" });
const all = (path: string): RightAsked => ({ path, level: "ALL_RIGHTS" });
const get = (path: string, ...needs: RightAsked[]): VendorOperation => ({ method: "GET", path, needs });
const write = (method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, ...needs: RightAsked[]) =>
  ({ method, path, needs }) satisfies VendorOperation;

/** The vendor lists no right for reading what every user of the environment may read. */
const NO_RIGHT: RightAsked[] = [];

const readInvoices = [
  view("sales.salesInvoiceSearch"),
  view("sales.salesOrGroupInvoices"),
  view("purchases.purchaseInvoiceSearch"),
  view("purchases.purchaseInvoices"),
  view("travelAndExpenses.travelAndExpenseInvoiceSearch"),
];
const writeInvoices = [
  all("sales.salesOrGroupInvoices"),
  all("purchases.purchaseInvoices"),
  all("travelAndExpenses.travelAndExpenseInvoices"),
];
const readPartners = [view("sales.customerRegister"), view("purchases.supplierRegister")];
const writePartners = [all("sales.customerRegister"), all("purchases.supplierRegister")];
const readProducts = [view("sales.productRegister"), view("purchases.productRegister")];
const writeProducts = [all("sales.productRegister"), all("purchases.productRegister")];
const readReceipts = [view("accounting.journalReceiptSearch"), view("accounting.journalReceipts")];
const writeReceipts = [all("accounting.journalReceipts")];
const readAccounting = [
  view("management.basicAccountingInfo"),
  view("management.chartOfAccountsAndDefaultReports"),
  ...readReceipts,
];
const readPayments = [view("payments.payment"), view("payments.markAsPaid")];
const readStatements = [view("payments.bankStatementAndReferencePayment")];

/**
 * Ours: Procountor publishes no table of rights by path. Names of paths are those of its API 26.04; which right each needs is our
 * reading of the rights' names and was not yet tried on the vendor's system, which enforces its own rights in any case. What
 * pays, approves, sends, invalidates, or concerns salaries, users and webhooks is closed.
 */
const operations: readonly VendorOperation[] = [
  get("/company", ...NO_RIGHT),
  get("/company/usagesettings", ...NO_RIGHT),
  get("/company/invoicetemplates", ...NO_RIGHT),
  get("/company/deliveryterms", ...NO_RIGHT),
  get("/company/einvoiceaddresses", ...NO_RIGHT),
  get("/users/rights", ...NO_RIGHT),
  get("/sessioninfo", ...NO_RIGHT),
  get("/status", ...NO_RIGHT),
  get("/currencies", ...NO_RIGHT),
  get("/currencies/company", ...NO_RIGHT),
  get("/currencies/exchangerate", ...NO_RIGHT),
  get("/currencies/latest", ...NO_RIGHT),
  get("/vats/country", ...NO_RIGHT),
  get("/vats/default", ...NO_RIGHT),
  get("/vats/settings", ...readAccounting),
  get("/coa", ...readAccounting),
  get("/fiscalyears", ...readAccounting),
  get("/dimensions", ...readAccounting),
  get("/dimensions/{dimensionId}", ...readAccounting),
  get("/businesspartners", ...readPartners),
  write("POST", "/businesspartners", ...writePartners),
  get("/businesspartners/groups", ...readPartners),
  get("/businesspartners/groups/{id}", ...readPartners),
  get("/businesspartners/{id}", ...readPartners),
  write("PUT", "/businesspartners/{id}", ...writePartners),
  write("PATCH", "/businesspartners/{id}", ...writePartners),
  get("/businesspartners/{id}/defaults/accounts", ...readPartners),
  get("/businesspartners/{id}/defaults/dimensions", ...readPartners),
  get("/businesspartners/{id}/defaults/products", ...readPartners),
  get("/products", ...readProducts),
  write("POST", "/products", ...writeProducts),
  get("/products/groups", ...readProducts),
  write("POST", "/products/groups", ...writeProducts),
  get("/products/groups/{groupId}", ...readProducts),
  write("PUT", "/products/groups/{groupId}", ...writeProducts),
  get("/products/{productId}", ...readProducts),
  write("PUT", "/products/{productId}", ...writeProducts),
  get("/products/{productId}/defaults/dimensions", ...readProducts),
  get("/invoices", ...readInvoices),
  write("POST", "/invoices", ...writeInvoices),
  get("/invoices/transactions", ...readInvoices),
  get("/invoices/{invoiceId}", ...readInvoices),
  write("PUT", "/invoices/{invoiceId}", ...writeInvoices),
  get("/invoices/{invoiceId}/comments", ...readInvoices),
  write("POST", "/invoices/{invoiceId}/comments", ...writeInvoices),
  get("/invoices/{invoiceId}/image", ...readInvoices),
  write("PUT", "/invoices/{invoiceId}/notes", ...writeInvoices),
  get("/invoices/{invoiceId}/paymentevents", ...readInvoices),
  get("/invoices/{invoiceId}/paymentevents/{paymentEventId}", ...readInvoices),
  get("/invoices/{invoiceId}/transactions", ...readInvoices),
  get("/attachments", ...readInvoices, ...readReceipts),
  write("POST", "/attachments", ...writeInvoices, ...writeReceipts),
  get("/attachments/{attachmentId}", ...readInvoices, ...readReceipts),
  get("/ledgerreceipts", ...readReceipts),
  write("POST", "/ledgerreceipts", ...writeReceipts),
  get("/ledgerreceipts/{receiptId}", ...readReceipts),
  write("PUT", "/ledgerreceipts/{receiptId}", ...writeReceipts),
  get("/journals", ...readReceipts),
  get("/payments", ...readPayments),
  get("/payments/paymentevents", ...readPayments),
  get("/payments/{paymentId}", ...readPayments),
  get("/bankaccounts", ...readStatements, ...readPayments),
  get("/bankaccounts/{id}", ...readStatements, ...readPayments),
  get("/bankstatements", ...readStatements),
  get("/referencepayments", ...readStatements),
];

export const gateway: GatewayDoor = {
  operations,
  tableBy: "ours",
  segment: /^\d{1,19}$/,
  baseUrl: getApiUrl,
  // Searches by names and numbers of persons: the vendor takes them as headers so that no log of addresses has them.
  requestHeaders: ["name", "identifier", "accountnumber"],
  responseHeaders: [],
  openAccess: async (context, { subject, secret }) => {
    const caller = { subject, apiKey: secret };
    const token = await context.tokens.get(subject, () => getToken(context, caller));
    return { authorization: `Bearer ${token}` };
  },
};
