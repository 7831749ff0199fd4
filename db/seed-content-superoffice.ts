import { content, right, type SeedIntegration } from "./seed-content";

const BY_SYSTEM_USER =
  "3. Access. The integration is approved as an app by an administrator of each company that you connect. SuperOffice gives such an app full access; the portal lets through only what is listed on this page. The access is kept encrypted and is destroyed when the integration is ended.";

/** A sample integration for SuperOffice, of the same fictional partner. */
export const superofficeIntegration: SeedIntegration = {
  name: "superoffice",
  connector: "superoffice",
  slug: "esimerkki-crm-sync",
  isListed: true,
  content: content(
    {
      name: "Esimerkki CRM Sync",
      summary: "Customers and orders of your web shop in SuperOffice.",
      description:
        "Each customer of your web shop becomes a company with its contact person in SuperOffice, and each order a sale. What you change in SuperOffice stays as you changed it.\n\nThis is a sample integration of a fictional partner.",
      dataFlows: [
        {
          what: "Companies and contact persons",
          direction: "to_vendor",
          frequency: "every 15 minutes",
          master: "partner",
        },
        {
          what: "Sales",
          direction: "to_vendor",
          frequency: "within 10 minutes of an order",
          master: "partner",
        },
        { what: "Sales managers", direction: "from_vendor", frequency: "once a day", master: "vendor" },
      ],
      price: {
        kind: "known",
        amountMinor: 7900,
        currency: "EUR",
        billedTo: "environment",
        priceListUrl: "https://partner.example/prices",
      },
      cap: 5,
      decisionTimeoutSeconds: 3600,
      username: "Esimerkki CRM Sync",
      rights: [
        right("contact", "write", "Makes a company for each customer and keeps its address up to date."),
        right("person", "write", "Adds the customer's contact persons."),
        right("sale", "write", "Makes a sale for each order."),
        right("project", "read", "Finds the project that a sale belongs to."),
      ],
      partnerSteps: { kind: "none" },
    },
    BY_SYSTEM_USER,
  ),
};
