import { z } from "zod";
import { COMMON_SETTINGS, field, plainText, webAddress } from "@/lib/connectors/application-field";
import type { VendorApplication } from "@/lib/connectors/context";
import type { ConnectorManifest } from "@/lib/connectors/manifest";
import { rightsCatalogue } from "./rights-catalogue";

const settings = z.object({
  activationUrl: field(webAddress, {
    title: "Activation link",
    help: "Where customers give their consent in Procountor.",
    whereToFind: "Procountor makes one link for each integration and hands it over after the certification.",
    placeholder: "https://…",
  }),
  vendorIntegrationId: field(plainText(100), {
    title: "Integration id",
    help: "Procountor’s own id of the integration: a consent for another one is refused.",
    whereToFind: "It is handed over together with the activation link.",
  }),
  callbackParameter: field(plainText(100), {
    title: "Name of the callback parameter",
    help: "The query parameter that carries Procountor’s request id when a customer comes back.",
    whereToFind: "Procountor tells it with the return address that is registered for the integration.",
    placeholder: "requestId",
  }),
  apiVersion: field(plainText(20).optional(), {
    title: "API version",
    help: "The version segment of the address, e.g. supported, latest or v2604. Empty means supported.",
    placeholder: "supported",
  }),
  ...COMMON_SETTINGS,
});

/** What the vendor application's row brings for this connector. */
export type ProcountorApplication = Pick<VendorApplication, "stage" | "clientId"> &
  Partial<z.infer<typeof settings>>;

export const manifest = {
  id: "procountor",
  name: "Procountor",
  /** Without the version segment, which the vendor application's settings choose. */
  baseUrls: { test: "https://pts-api.procountor.com", production: "https://api.procountor.com" },
  rights: rightsCatalogue,
  rightsEnforcedBy: "vendor",
  limits: {
    application: {
      requestsPerSecond: 60,
      source: "API certification checkpoint 7: at most 60 requests a second, or the client may be suspended.",
    },
  },
  application: {
    clientId: field(plainText(200), {
      title: "Client id",
      help: "The id of the API client that Procountor registered for the integration.",
    }),
    settings,
    secrets: z.object({
      clientSecret: field(plainText(4000), {
        title: "Client secret",
        help: "Belongs to the client id.",
        replacing:
          "Procountor makes another one on request. Enter it here as soon as you have it: the former one is used until the new one was accepted.",
      }),
      m2mApiKey: field(plainText(4000), {
        title: "API key of the integrator",
        help: "The machine-to-machine key of the partner’s own company: requests are read and decided with it.",
        whereToFind: "Procountor, Management → Users and privileges, in the partner’s own environment.",
        replacing:
          "Both keys work side by side: make the new one, enter it here, and remove the former one in Procountor once the new one is in use.",
      }),
    }),
  },
  selectsAt: "vendor",
  refusals: {},
  inboundHeaders: [],
} satisfies ConnectorManifest;
