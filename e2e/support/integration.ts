import { demo } from "./demo";

/** An integration as a test needs it: where it begins here, and what the vendor calls it. */
export type Integration = {
  name: string;
  /** The part of the callback's address that names it. */
  slug: string;
  vendorIntegrationId: string;
  link: string;
};

const SEEDED = {
  automatic: { name: "Esimerkki Orders", slug: "esimerkki-orders" },
  form: { name: "Esimerkki Receipts", slug: "esimerkki-receipts" },
  page: { name: "Esimerkki Reports", slug: "esimerkki-reports" },
  go: { name: "Esimerkki Go Invoices", slug: "esimerkki-go-invoices" },
  superoffice: { name: "Esimerkki CRM Sync", slug: "esimerkki-crm-sync" },
} as const;

/** One of the demo's integrations: decided at once, after a form, on the partner's own page, or for PowerOffice Go or SuperOffice. */
export function seeded(kind: keyof typeof SEEDED): Integration {
  const one = SEEDED[kind];
  return { ...one, vendorIntegrationId: one.slug, link: demo().activationLinks[kind] };
}
