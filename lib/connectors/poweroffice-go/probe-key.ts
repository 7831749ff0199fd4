import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { requestToken } from "./call-vendor";
import { requestConsent } from "./request-consent";

/**
 * Asks for a token with the key. `invalid_client` is what a wrong application key gets too, so the application then has to
 * prove that Go knows it: by asking for an address, which nobody is sent to.
 */
export async function probeKey(
  context: ConnectorContext,
  key: HeldKey,
  returnUrl: URL,
): Promise<"alive" | "dead"> {
  try {
    await repeatRead(context, () => requestToken(context, key.secret));
    return "alive";
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "disconnected") throw error;
    await requestConsent(context, returnUrl);
    return "dead";
  }
}
