import type { GatewayDoor } from "@/lib/connectors/gateway-door";
import { getSecret } from "@/lib/connectors/get-secret";
import { getApiUrl } from "./base-url";
import { getToken } from "./call-vendor";
import { operations } from "./paths";

export const gateway: GatewayDoor = {
  operations,
  tableBy: "vendor",
  segment: /^(\d{1,19}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i,
  baseUrl: (application) => getApiUrl(application, ""),
  requestHeaders: [],
  // Where the next page is.
  responseHeaders: ["x-pagination"],
  openAccess: async (context, key) => {
    const token = await context.tokens.get(key.subject, () => getToken(context, key));
    return {
      authorization: `Bearer ${token}`,
      "ocp-apim-subscription-key": getSecret(context, "subscriptionKey"),
    };
  },
};
