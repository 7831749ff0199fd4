import type { SpecificationContent } from "@/lib/catalogue/integration/schema";
import { content, right, type SeedIntegration } from "./seed-content";

const BY_APPLICATION =
  "3. Access. The integration is added as an extension to each PowerOffice Go client that you pick, with the privileges listed on this page. Its client key is kept encrypted. It is removed in Go and destroyed here when the integration is ended.";

const choice = (name: string, label: string, help: string, choices: [value: string, label: string][]) => ({
  name,
  label,
  help,
  type: "choice" as const,
  default: choices[0]?.[0] ?? null,
  choices: choices.map(([value, text]) => ({ value, label: text })),
});

/** What a customer of such an integration has to choose, and what follows for its clients. */
const SETTINGS: SpecificationContent["settings"] = [
  choice("data_flows", "Which data is moved?", "You can ask support for a change later.", [
    ["invoices", "Invoice drafts and their customers"],
    ["invoices_and_payments", "Invoice drafts, their customers, and which invoices are paid"],
  ]),
  choice("product_groups", "Products A-1, A-2, A-3 and A-99", "Each needs a standard sales account in Go.", [
    ["manual", "I make them in Go myself (recommended)"],
    ["automatic", "Make those that are missing"],
  ]),
  {
    name: "customer_numbers",
    type: "number_range",
    label: "Numbers that we give to new customers",
    help: "Only if your customers are numbered in our service. A number series in Go has to cover them. Leave both empty to let Go number new customers.",
    required: false,
  },
  choice("delivery", "How invoices are delivered", "EHF needs companies that are registered in ELMA.", [
    ["email", "PDF by e-mail"],
    ["ehf", "EHF where the receiver can take it, else e-mail"],
  ]),
];
const REQUIREMENTS: SpecificationContent["requirements"] = {
  products: {
    codes: ["A-1", "A-2", "A-3", "A-99"],
    madeByHand: { setting: "product_groups", values: ["manual"] },
  },
  customerNumbers: { setting: "customer_numbers" },
  delivery: {
    email: { setting: "delivery", values: ["email", "ehf"] },
    ehf: { setting: "delivery", values: ["ehf"] },
  },
};

/** A sample integration for PowerOffice Go, of the same fictional partner. */
export const goIntegration: SeedIntegration = {
  name: "go",
  connector: "poweroffice-go",
  slug: "esimerkki-go-invoices",
  isListed: true,
  content: content(
    {
      name: "Esimerkki Go Invoices",
      summary: "Finished work orders become invoice drafts in PowerOffice Go.",
      description:
        "Each finished work order becomes an invoice draft in PowerOffice Go, with its customer and one of four products. You look at the draft and send it from Go.\n\nThis is a sample integration of a fictional partner.",
      dataFlows: [
        {
          what: "Invoice drafts",
          direction: "to_vendor",
          frequency: "within 10 minutes of a finished order",
          master: "partner",
        },
        { what: "Customers", direction: "to_vendor", frequency: "with each draft", master: "partner" },
        { what: "Products", direction: "both", frequency: "once a day", master: "vendor" },
        { what: "Paid invoices", direction: "from_vendor", frequency: "once an hour", master: "vendor" },
      ],
      price: {
        kind: "known",
        amountMinor: 14900,
        currency: "NOK",
        billedTo: "environment",
        priceListUrl: "https://partner.example/prices",
      },
      cap: 20,
      decisionTimeoutSeconds: 3600,
      username: "Esimerkki Go Invoices",
      rights: [
        right("SalesOrders", "Full", "Makes an invoice draft for each finished order."),
        right("Customer", "Full", "Adds new customers, numbered within your series."),
        right("Product", "Full", "Looks the four products up, and makes missing ones if you wish."),
        right("OutgoingInvoice", "Read", "Tells which invoices are paid."),
        right("CommonServices", "Read", "Reads your number series for customers."),
      ],
      partnerSteps: { kind: "none" },
      settings: SETTINGS,
      requirements: REQUIREMENTS,
    },
    BY_APPLICATION,
  ),
};
