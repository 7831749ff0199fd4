import type { ApplicationCheck } from "@/lib/connectors/connector";
import { ConnectorError } from "@/lib/connectors/errors";
import { getSecret } from "@/lib/connectors/get-secret";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { AppError } from "@/lib/core/app-error";
import { getLoginUrl } from "./base-url";
import { callVendor } from "./call-vendor";
import { signSystemToken } from "./system-user";

export const applicationChecks: readonly ApplicationCheck[] = [
  {
    title: "SuperOffice accepts the application id and the application token",
    // A code that nobody was given: RFC 6749 has the client proven first, and the code refused then (`invalid_grant`).
    run: async (context) => {
      const { application } = context;
      try {
        await repeatRead(context, () =>
          callVendor(context, undefined, {
            operation: "POST /login/common/oauth/tokens",
            method: "POST",
            url: getLoginUrl(application, "/login/common/oauth/tokens"),
            body: new URLSearchParams({
              grant_type: "authorization_code",
              client_id: application.clientId,
              client_secret: getSecret(context, "applicationToken"),
              redirect_uri: (context.returnUrl ?? new URL("https://localhost/connect/return")).href,
              code: "application-trial",
            }),
            secrets: [],
          }),
        );
      } catch (error) {
        if (!(error instanceof ConnectorError) || error.kind !== "rejected") throw error;
      }
      return "passed";
    },
  },
  {
    title: "The private key signs for the system user",
    run: async (context) => {
      try {
        signSystemToken("trial", getSecret(context, "privateKey"), context.now());
      } catch (error) {
        if (error instanceof AppError)
          return { failed: "The private key cannot sign: it is no RSA key in PEM format." };
        throw error;
      }
      return {
        skipped:
          "The key can sign. Whether SuperOffice accepts its signature shows with the first customer’s approval.",
      };
    },
  },
];
