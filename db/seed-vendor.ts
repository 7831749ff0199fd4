import type { SeedIntegration } from "./seed-content";

export type SeedSettings = {
  portalUrl: string;
  procountorUrl: string;
  clientSecret: string;
  m2mApiKey: string;
  powerofficeUrl: string;
  applicationKey: string;
  subscriptionKey: string;
  partnerUrl: string;
  partnerApiKey: string;
};

export type SeedVendor = {
  connector: string;
  clientId: string;
  limiterKey: string;
  settings: Record<string, string>;
  secrets: Record<string, string>;
};

/** What the stand-in of an integration's vendor gave the demo's partner. */
export function vendorOf(one: SeedIntegration, settings: SeedSettings): SeedVendor {
  return one.connector === "poweroffice-go" ? atPowerOffice(one, settings) : atProcountor(one, settings);
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
