import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { getToken } from "./token";

/** Asks for a token with the key. A refusal that may be meant for the client's credentials is `application_refused`. */
export async function probeKey(
  context: ConnectorContext,
  { subject, secret }: HeldKey,
): Promise<"alive" | "dead"> {
  try {
    await repeatRead(context, () => getToken(context, { subject, apiKey: secret }));
    return "alive";
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "unauthorized") return "dead";
    throw error;
  }
}
