import type { PartnerSteps, SpecificationContent } from "@/lib/catalogue/integration/schema";
import type { ConnectorId } from "@/lib/connectors/registry";

type Right = SpecificationContent["technicalUser"]["rights"][number];
export type SeedIntegration = {
  name: "automatic" | "form" | "page" | "go" | "superoffice";
  connector: ConnectorId;
  slug: string;
  isListed: boolean;
  content: SpecificationContent;
};

const makeTerms = (
  access: string,
): string => `These are sample terms of a fictional partner, made for trying the portal out.

1. The service. The integration moves the data described on this page between your environment and the service, as often as described, and nothing else.

2. Your data. It stays yours. It is processed in the European Union, only to provide the service, and is deleted thirty days after the integration has been ended.

${access}

4. Price. The monthly price shown is charged for each active environment, from the month of activation. You may end the integration at any time, with effect from the end of the month.

5. Support. We answer questions about the integration within one working day, on the address shown on this page.`;

const BY_TECHNICAL_USER =
  "3. The technical user. A technical user with the rights listed on this page is added to each environment that you pick. Its key is kept encrypted and is destroyed when the integration is ended.";

const common = {
  privacyPolicyUrl: "https://partner.example/privacy",
  support: {
    email: "support@partner.example",
    url: "https://partner.example/support",
    phone: "+358 00 000 0000",
  },
} as const;

const termsOf = (access: string) => ({
  version: "2026-10",
  updatedOn: "2026-10-01",
  body: makeTerms(access),
});

export function content(
  own: Pick<
    SpecificationContent,
    | "name"
    | "summary"
    | "description"
    | "dataFlows"
    | "price"
    | "cap"
    | "decisionTimeoutSeconds"
    | "settings"
    | "requirements"
  > & {
    username: string;
    rights: Right[];
    partnerSteps: PartnerSteps;
  },
  /** The paragraph of the terms that says how the integration gets in. */
  access = BY_TECHNICAL_USER,
): SpecificationContent {
  const { username, rights, ...rest } = own;
  return { ...common, ...rest, terms: termsOf(access), technicalUser: { username, rights } };
}

export const right = (path: string, level: string, reason: string): Right => ({ path, level, reason });

/** Three integrations of one fictional partner: decided at once, after a form, and on the partner's own page. */
export function seedIntegrations(partnerUrl: string): SeedIntegration[] {
  return [
    {
      name: "automatic",
      connector: "procountor",
      slug: "esimerkki-orders",
      isListed: true,
      content: content({
        name: "Esimerkki Orders",
        summary: "Turns web shop orders into sales invoices in Procountor.",
        description:
          "Each paid order of your web shop becomes a sales invoice in Procountor, with its customer and products. Invoices are made unfinished, so that you approve them before they are sent.\n\nThis is a sample integration of a fictional partner.",
        dataFlows: [
          {
            what: "Sales invoices",
            direction: "to_vendor",
            frequency: "within 10 minutes of an order",
            master: "partner",
          },
          { what: "Customers", direction: "both", frequency: "every 15 minutes", master: "vendor" },
          {
            what: "Products and prices",
            direction: "from_vendor",
            frequency: "once an hour",
            master: "vendor",
          },
        ],
        price: {
          kind: "known",
          amountMinor: 1290,
          currency: "EUR",
          billedTo: "environment",
          priceListUrl: "https://partner.example/prices",
        },
        cap: 20,
        decisionTimeoutSeconds: 900,
        username: "Esimerkki Orders API",
        rights: [
          right("sales.salesOrGroupInvoices", "ALL_RIGHTS", "Makes a sales invoice for each order."),
          right(
            "sales.salesInvoiceSearch",
            "VIEWING_RIGHTS",
            "Looks an order's invoice up, so that none is made twice.",
          ),
          right(
            "sales.customerRegister",
            "ALL_RIGHTS",
            "Adds new customers and keeps their addresses up to date.",
          ),
          right(
            "sales.productRegister",
            "VIEWING_RIGHTS",
            "Reads product codes and prices for the invoice rows.",
          ),
        ],
        partnerSteps: { kind: "none" },
      }),
    },
    {
      name: "form",
      connector: "procountor",
      slug: "esimerkki-receipts",
      isListed: true,
      content: content({
        name: "Esimerkki Receipts",
        summary: "Photographed receipts arrive in Procountor as purchase invoices.",
        description:
          "Employees photograph receipts with their phones. Each one becomes a purchase invoice with the picture attached, ready for circulation.\n\nThis is a sample integration of a fictional partner.",
        dataFlows: [
          {
            what: "Purchase invoices with attachments",
            direction: "to_vendor",
            frequency: "within 10 minutes",
            master: "partner",
          },
          { what: "Suppliers", direction: "from_vendor", frequency: "once an hour", master: "vendor" },
        ],
        price: {
          kind: "known",
          amountMinor: 490,
          currency: "EUR",
          billedTo: "accounting_office",
          priceListUrl: null,
        },
        cap: 20,
        decisionTimeoutSeconds: 3600,
        username: "Esimerkki Receipts API",
        rights: [
          right("purchases.purchaseInvoices", "ALL_RIGHTS", "Makes a purchase invoice for each receipt."),
          right(
            "purchases.supplierRegister",
            "VIEWING_RIGHTS",
            "Finds the supplier that is printed on a receipt.",
          ),
        ],
        partnerSteps: {
          kind: "form",
          title: "Where do your receipts come from?",
          intro: "Two answers, and the integration is activated in the environments that you picked.",
          fields: [
            {
              name: "account_id",
              label: "Your account number at Esimerkki Receipts",
              help: "Under Settings, account. For trying out, any text will do.",
              type: "text",
              required: true,
              maxLength: 40,
              choices: [],
            },
            {
              name: "contact_email",
              label: "E-mail address for receipts that cannot be read",
              help: null,
              type: "email",
              required: true,
              maxLength: 120,
              choices: [],
            },
          ],
        },
      }),
    },
    {
      name: "page",
      connector: "procountor",
      slug: "esimerkki-reports",
      isListed: true,
      content: content({
        name: "Esimerkki Reports",
        summary: "The figures of all your companies on one page.",
        description:
          "Reads the accounting reports of each company once a day and shows them side by side. It changes nothing in Procountor.\n\nThis is a sample integration of a fictional partner.",
        dataFlows: [
          {
            what: "Accounting reports",
            direction: "from_vendor",
            frequency: "once a day, at night",
            master: "vendor",
          },
        ],
        price: { kind: "unknown" },
        cap: 20,
        decisionTimeoutSeconds: 3600,
        username: "Esimerkki Reports API",
        rights: [
          right(
            "accounting.accountingReports",
            "VIEWING_RIGHTS",
            "Reads the income statement and the balance sheet.",
          ),
          right(
            "accounting.journalReceiptSearch",
            "VIEWING_RIGHTS",
            "Shows which receipts a figure is made of.",
          ),
        ],
        partnerSteps: {
          kind: "page",
          title: "Connect your companies at Esimerkki Reports",
          intro: "The partner asks a few things on a page of its own and decides there.",
          url: `${partnerUrl}/partner/start`,
        },
      }),
    },
  ];
}
