import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { callAsClient } from "./call-vendor";
import { type ClientInformation, clientInformation } from "./schemas";

const OPERATION = "GET /ClientIntegrationInformation";

/** Whose key it is, and what the integration may do there. The vendor asks for no privilege for it. */
export async function readClientInformation(
  context: ConnectorContext,
  key: HeldKey,
): Promise<ClientInformation> {
  const answer = await callAsClient(context, key, {
    operation: OPERATION,
    method: "GET",
    path: "/ClientIntegrationInformation",
  });
  return parseAnswer(context, OPERATION, clientInformation, answer);
}
