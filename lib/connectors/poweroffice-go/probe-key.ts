import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { getToken } from "./call-vendor";

/** Asks for a token with the key. A refusal that may be meant for the application's keys is `application_refused`. */
export async function probeKey(
  context: ConnectorContext,
  key: HeldKey,
  returnUrl: URL,
): Promise<"alive" | "dead"> {
  try {
    await repeatRead(context, () => getToken({ ...context, returnUrl }, key));
    return "alive";
  } catch (error) {
    const isDead = error instanceof ConnectorError && ["disconnected", "unauthorized"].includes(error.kind);
    if (isDead) return "dead";
    throw error;
  }
}
