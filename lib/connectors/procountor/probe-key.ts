import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { getPartnerCaller, requestToken } from "./token";

/**
 * Asks for a token with the key. A refusal may be meant for the client's credentials as well, so they then have to get a
 * token with the partner's own key.
 */
export async function probeKey(context: ConnectorContext, key: HeldKey): Promise<"alive" | "dead"> {
  try {
    await repeatRead(context, () => requestToken(context, key.secret));
    return "alive";
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "unauthorized") throw error;
    await repeatRead(context, () => requestToken(context, getPartnerCaller(context).apiKey));
    return "dead";
  }
}
