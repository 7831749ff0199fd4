import type { ApplicationCheck } from "@/lib/connectors/connector";
import type { VendorApplication } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { getRootUrl } from "./base-url";
import { listCustomers } from "./list-customers";
import { getPartnerCaller, getToken } from "./token";

const VENDOR_DOMAIN = "procountor.com";

/** Whether customers may be sent there: the vendor's domain over https, or the host of a configured stand-in. */
function isVendorAddress(application: VendorApplication, address: string): boolean {
  const { protocol, hostname } = new URL(address);
  if (application.apiBaseUrl) return hostname === new URL(getRootUrl(application)).hostname;
  return protocol === "https:" && (hostname === VENDOR_DOMAIN || hostname.endsWith(`.${VENDOR_DOMAIN}`));
}

export const applicationChecks: readonly ApplicationCheck[] = [
  {
    title: "The activation link leads to Procountor",
    run: async ({ application }) => {
      const { activationUrl } = application;
      return activationUrl && isVendorAddress(application, activationUrl)
        ? "passed"
        : { failed: `The activation link has to begin with https:// and lead to ${VENDOR_DOMAIN}.` };
    },
  },
  {
    title: "Procountor gives a token for the client id, the client secret and your own API key",
    run: async (context) => {
      await getToken(context, getPartnerCaller(context));
      return "passed";
    },
  },
  {
    title: "The API version is there, and Procountor lists the integration’s customers",
    run: async (context) => {
      try {
        await listCustomers(context);
        return "passed";
      } catch (error) {
        if (error instanceof ConnectorError && error.kind === "not_found")
          throw new ConnectorError("application_refused", error.answer, { cause: error });
        throw error;
      }
    },
  },
];
