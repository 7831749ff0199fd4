import type { ConsentAddress } from "@/lib/connectors/consent";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { getSecret } from "@/lib/connectors/get-secret";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { noAnswer } from "@/lib/connectors/vendor-answer";
import { AppError } from "@/lib/core/app-error";
import { isVendorAddress } from "./base-url";
import { callAsApplication } from "./call-vendor";
import { initiateAnswer, initiateBody } from "./schemas";

const OPERATION = "POST /Onboarding/Initiate";

/** The vendor checks domain and path of `returnUrl` against its whitelist and hands the query back. */
export async function requestConsent(context: ConnectorContext, returnUrl: URL): Promise<ConsentAddress> {
  const body = initiateBody.safeParse({
    ApplicationKey: getSecret(context, "applicationKey"),
    RedirectUri: returnUrl.href,
  });
  if (!body.success) throw new AppError("misconfigured", "the application key is not a UUID");
  const answer = await repeatRead(context, () =>
    callAsApplication(context, {
      operation: OPERATION,
      method: "POST",
      path: "/Onboarding/Initiate",
      body: body.data,
    }),
  );
  const { TemporaryUrl, ValidUntilDateTimeOffset } = parseAnswer(context, OPERATION, initiateAnswer, answer);
  const url = new URL(TemporaryUrl);
  if (isVendorAddress(context.application, url)) return { url, validUntil: ValidUntilDateTimeOffset };
  context.log.warn({ host: url.hostname }, "the address for the consent is not the vendor's");
  throw new ConnectorError("unexpected", { ...noAnswer(OPERATION, context.now()), status: 200 });
}
