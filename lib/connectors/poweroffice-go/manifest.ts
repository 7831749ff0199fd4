import type { ConnectorManifest } from "@/lib/connectors/manifest";
import { rightsCatalogue } from "./rights-catalogue";

export const manifest: ConnectorManifest = {
  id: "poweroffice-go",
  name: "PowerOffice Go",
  /** Demo and production are told apart by the path alone; keys of one do not work in the other. */
  baseUrls: { test: "https://goapi.poweroffice.net/Demo", production: "https://goapi.poweroffice.net" },
  rights: rightsCatalogue,
  limits: {
    requestsPerSecond: 10,
    source:
      "developer.poweroffice.net/documentation/requests: 10 requests a second for each subscription key, token calls included.",
  },
  application: { settings: [], secrets: ["applicationKey", "subscriptionKey"] },
  capabilities: {
    selectsAt: "both",
    keysIssuedAt: "grant",
    decision: "perEnvironment",
    grantReusable: false,
    canRevoke: true,
    canListCustomers: false,
    returnsState: true,
    checksBeforehand: true,
    consentAddress: "requested",
    // A client key is a GUID.
    pastedKey: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
    keyLogin: false,
  },
  // A public integration is picked by its name; a private one ("Egendefinert") by its application key.
  enteredForKey: ({ publicApplicationKey }) => publicApplicationKey ?? null,
  // The vendor is told of no reason.
  acceptsReason: () => true,
};
