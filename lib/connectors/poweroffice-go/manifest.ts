import { z } from "zod";
import { COMMON_SETTINGS, field, plainText } from "@/lib/connectors/application-field";
import type { ConnectorManifest } from "@/lib/connectors/manifest";
import { rightsCatalogue } from "./rights-catalogue";

export const manifest = {
  id: "poweroffice-go",
  name: "PowerOffice Go",
  /** Demo and production are told apart by the path alone; keys of one do not work in the other. */
  baseUrls: { test: "https://goapi.poweroffice.net/Demo", production: "https://goapi.poweroffice.net" },
  rights: rightsCatalogue,
  rightsEnforcedBy: "vendor",
  limits: {
    application: {
      requestsPerSecond: 10,
      source:
        "developer.poweroffice.net/documentation/requests: 10 requests a second for each subscription key, token calls included.",
    },
  },
  application: {
    clientId: field(plainText(200), {
      title: "Name of the application",
      help: "What you call the application here: PowerOffice Go itself knows it by its application key.",
    }),
    settings: z.object({
      publicApplicationKey: field(plainText(200).optional(), {
        title: "Application key that customers enter",
        help: "Only for a private integration (“Egendefinert”), which customers add in Go by this key. Customers see it.",
        whereToFind: "PowerOffice Go, developer portal: the application’s own key.",
      }),
      ...COMMON_SETTINGS,
    }),
    secrets: z.object({
      applicationKey: field(plainText(4000), {
        title: "Application key",
        help: "Identifies the integration; each customer’s client key works only with it.",
        whereToFind: "PowerOffice Go sends it when the application is registered.",
        replacing: "Customers’ client keys work only with it: another application key needs new consents.",
      }),
      subscriptionKey: field(plainText(4000), {
        title: "Subscription key",
        help: "Goes with every call; the limit of requests is counted by it.",
        whereToFind: "developer.poweroffice.net → Profile → Subscriptions.",
        replacing:
          "A subscription has a primary and a secondary key, and both work: enter the other one here, and regenerate the former one once it is no longer used.",
      }),
    }),
  },
  // EHF: the Norwegian format of e-invoices.
  invoiceDelivery: ["email", "ehf"],
  selectsAt: "both",
  refusals: {
    client_not_found: { needsOtherRights: true },
    no_client_access: { needsOtherRights: true },
    integration_blocked: { needsOtherRights: true },
  },
  inboundHeaders: [],
} satisfies ConnectorManifest;
