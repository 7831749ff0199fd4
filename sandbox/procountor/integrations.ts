import type { Integration } from "./model";

/** The fictional partner's own environment at the vendor. */
export const PARTNER_COMPANY = { id: 90001, name: "Esimerkki Software Oy" };
/** Another integrator, whose key must not reach the first one's requests. */
export const OTHER_INTEGRATOR_COMPANY = { id: 90002, name: "Toinen Ohjelmisto Oy" };

const TERMS =
  "You allow Esimerkki Software Oy to use the interface of the environments that you pick, within the rights shown later. " +
  "A technical user is added to each of them. You can remove it at any time under Users and privileges.";

const PRICING =
  "The monthly fee of the interface is billed to the environment in which the integration is active, or to its accounting office.";

type Wording = Pick<Integration, "id" | "name" | "summary" | "technicalUser">;

const WORDINGS: readonly Wording[] = [
  {
    id: "esimerkki-orders",
    name: "Esimerkki Orders",
    summary: "Makes sales invoices out of the orders of a web shop.",
    technicalUser: {
      username: "Esimerkki Orders API",
      rights: {
        "sales.salesOrGroupInvoices": "ALL_RIGHTS",
        "sales.salesInvoiceSearch": "VIEWING_RIGHTS",
        "sales.customerRegister": "ALL_RIGHTS",
        "sales.productRegister": "ALL_RIGHTS",
      },
    },
  },
  {
    id: "esimerkki-receipts",
    name: "Esimerkki Receipts",
    summary: "Sends photographed receipts as purchase invoices.",
    technicalUser: {
      username: "Esimerkki Receipts API",
      rights: {
        "purchases.purchaseInvoices": "ALL_RIGHTS",
        "purchases.supplierRegister": "VIEWING_RIGHTS",
      },
    },
  },
  {
    id: "esimerkki-reports",
    name: "Esimerkki Reports",
    summary: "Adds up the receipts of each company, and shows the sums on one page.",
    technicalUser: {
      username: "Esimerkki Reports API",
      rights: {
        "accounting.journalReceiptSearch": "VIEWING_RIGHTS",
      },
    },
  },
];

/** The partner's three approved integrations, each returning to its own address of the portal. */
export function makeIntegrations(portalUrl: string): Integration[] {
  return WORDINGS.map((wording) => ({
    ...wording,
    clientId: wording.id,
    ownerCompanyId: PARTNER_COMPANY.id,
    terms: TERMS,
    pricing: PRICING,
    callbackUrl: `${portalUrl.replace(/\/+$/, "")}/connect/${wording.id}/return`,
    callbackParameter: "requestId",
  }));
}
