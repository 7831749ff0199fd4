import type { ConnectorId } from "@/lib/connectors/registry";
import type { SeedIntegration } from "./seed-content";

export type SeedSettings = {
  portalUrl: string;
  procountorUrl: string;
  clientSecret: string;
  m2mApiKey: string;
  powerofficeUrl: string;
  applicationKey: string;
  subscriptionKey: string;
  superofficeUrl: string;
  applicationToken: string;
  /** PEM. */
  privateKey: string;
  partnerUrl: string;
  partnerApiKey: string;
};

export type SeedVendor = {
  connector: ConnectorId;
  clientId: string;
  limiterKey: string;
  settings: Record<string, string>;
  secrets: Record<string, string>;
};

const VENDORS: Record<ConnectorId, (one: SeedIntegration, settings: SeedSettings) => SeedVendor> = {
  procountor: atProcountor,
  "poweroffice-go": atPowerOffice,
  superoffice: atSuperOffice,
};

/** What the stand-in of an integration's vendor gave the demo's partner. */
export function vendorOf(one: SeedIntegration, settings: SeedSettings): SeedVendor {
  return VENDORS[one.connector](one, settings);
}

function atProcountor({ slug }: SeedIntegration, settings: SeedSettings): SeedVendor {
  return {
    connector: "procountor",
    clientId: slug,
    limiterKey: `procountor:test:${slug}`,
    settings: {
      apiBaseUrl: settings.procountorUrl,
      apiVersion: "latest",
      activationUrl: `${settings.procountorUrl}/ui/activate/${slug}`,
      vendorIntegrationId: slug,
      callbackParameter: "requestId",
      redirectUri: `${settings.portalUrl}/connect/${slug}/return`,
    },
    secrets: { clientSecret: settings.clientSecret, m2mApiKey: settings.m2mApiKey },
  };
}

/**
 * The vendor knows an integration by its application key; here it goes by its slug. The demo's is a private integration, for
 * which customers enter that key in Go when they connect by hand, so that its partner has made it public.
 */
function atPowerOffice({ slug }: SeedIntegration, settings: SeedSettings): SeedVendor {
  return {
    connector: "poweroffice-go",
    clientId: slug,
    // The vendor counts by subscription key, of which the demo has one.
    limiterKey: "poweroffice-go:test:demo",
    settings: {
      apiBaseUrl: `${settings.powerofficeUrl}/Demo`,
      publicApplicationKey: settings.applicationKey,
    },
    secrets: { applicationKey: settings.applicationKey, subscriptionKey: settings.subscriptionKey },
  };
}

/** The vendor counts the calls for each tenant; the application itself has no limit. */
function atSuperOffice({ slug }: SeedIntegration, settings: SeedSettings): SeedVendor {
  return {
    connector: "superoffice",
    clientId: slug,
    limiterKey: `superoffice:test:${slug}`,
    settings: { apiBaseUrl: settings.superofficeUrl },
    secrets: { applicationToken: settings.applicationToken, privateKey: settings.privateKey },
  };
}
