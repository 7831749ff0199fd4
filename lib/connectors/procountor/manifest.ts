import type { ConnectorManifest } from "@/lib/connectors/manifest";
import { acceptsReason } from "./reason";
import { rightsCatalogue } from "./rights-catalogue";

export const manifest: ConnectorManifest = {
  id: "procountor",
  name: "Procountor",
  /** Without the version segment, which the vendor application's settings choose. */
  baseUrls: { test: "https://pts-api.procountor.com", production: "https://api.procountor.com" },
  rights: rightsCatalogue,
  limits: {
    requestsPerSecond: 60,
    source: "API certification checkpoint 7: at most 60 requests a second, or the client may be suspended.",
  },
  application: {
    settings: ["activationUrl", "vendorIntegrationId", "callbackParameter"],
    secrets: ["clientSecret", "m2mApiKey"],
  },
  capabilities: {
    selectsAt: "vendor",
    keysIssuedAt: "activation",
    decision: "allAtOnce",
    grantReusable: false,
    canRevoke: false,
    canListCustomers: true,
    returnsState: false,
    checksBeforehand: false,
    consentAddress: "fixed",
    // Its keys look like JWTs; the vendor does not promise that, so only length and characters are looked at.
    pastedKey: /^[\x21-\x7e]{16,4000}$/,
    keyLogin: true,
  },
  enteredForKey: ({ clientId }) => clientId,
  acceptsReason,
};
