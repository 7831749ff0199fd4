import type { ConsentAddress } from "@/lib/connectors/consent";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { noAnswer } from "@/lib/connectors/vendor-answer";
import { isVendorAddress } from "./base-url";
import { initiate } from "./call-vendor";
import { initiateAnswer } from "./schemas";

const OPERATION = "POST /Onboarding/Initiate";

/** For an end that cannot be read: the vendor's own lifetime is not published. */
const ASSUMED_LIFETIME_MS = 15 * 60_000;
/** An end that is further off is none that the vendor means. */
const LONGEST_LIFETIME_MS = 24 * 60 * 60_000;

/** The vendor checks domain and path of `returnUrl` against its whitelist and hands the query back. */
export async function requestConsent(context: ConnectorContext, returnUrl: URL): Promise<ConsentAddress> {
  const answer = await repeatRead(context, () => initiate(context, returnUrl));
  const { TemporaryUrl, ValidUntilDateTimeOffset } = parseAnswer(context, OPERATION, initiateAnswer, answer);
  const url = new URL(TemporaryUrl);
  if (isVendorAddress(context.application, url))
    return { url, validUntil: readEnd(ValidUntilDateTimeOffset, context.now()) };
  context.log.warn({ host: url.hostname }, "the address for the consent is not the vendor's");
  throw new ConnectorError("unexpected", { ...noAnswer(OPERATION, context.now()), status: 200 });
}

function readEnd(told: Date | null, now: Date): Date {
  if (told === null) return new Date(now.getTime() + ASSUMED_LIFETIME_MS);
  return new Date(Math.min(told.getTime(), now.getTime() + LONGEST_LIFETIME_MS));
}
