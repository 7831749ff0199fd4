import { z } from "zod";
import { COMMON_SETTINGS, field, plainText } from "@/lib/connectors/application-field";
import type { ConnectorManifest } from "@/lib/connectors/manifest";
import { rightsCatalogue } from "./rights-catalogue";

const PEM = /^-----BEGIN (RSA )?PRIVATE KEY-----[\s\S]+-----END (RSA )?PRIVATE KEY-----\s*$/;

export const manifest = {
  id: "superoffice",
  name: "SuperOffice",
  /** Hosts of the sign-in and of a tenant's state. A tenant's own API is at an address that its state names and that moves. */
  baseUrls: { test: "https://sod.superoffice.com", production: "https://online.superoffice.com" },
  rights: rightsCatalogue,
  rightsEnforcedBy: "portal",
  limits: {
    environment: {
      requestsPerSecond: 10,
      source: "Checklist for custom applications: no more than 10 API calls a second.",
    },
  },
  application: {
    clientId: field(plainText(200), {
      title: "Application id (client id)",
      help: "One for each environment of SuperOffice: development, stage and production differ.",
      whereToFind: "SuperOffice Developer Portal, your application → Configuration.",
    }),
    settings: z.object({ ...COMMON_SETTINGS }),
    secrets: z.object({
      applicationToken: field(plainText(4000), {
        title: "Application token (client secret)",
        help: "Goes with every call for a system user.",
        whereToFind: "SuperOffice Developer Portal, your application → Configuration.",
        replacing:
          "Enter the new one as soon as you have it: the former one is used until the new one was accepted.",
      }),
      privateKey: field(z.string().trim().max(8000).regex(PEM, "is no private key in PEM format"), {
        title: "Private key",
        isMultiline: true,
        help: "RSA key in PEM format that signs for the system user. Convert the portal’s XML file first.",
        whereToFind: "SuperOffice Developer Portal, your application → Certificates.",
        replacing:
          "An application may have several certificates: add the new one, enter its key here, and remove the former one once the new one is in use.",
      }),
    }),
  },
  selectsAt: "vendor",
  refusals: {
    not_administrator: { needsOtherRights: true },
    not_authorized: { needsOtherRights: true },
    tenant_not_running: { needsOtherRights: false },
  },
  inboundHeaders: [],
} satisfies ConnectorManifest;
