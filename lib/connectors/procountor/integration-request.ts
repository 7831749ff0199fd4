import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { noAnswer } from "@/lib/connectors/vendor-answer";
import { isRequestId } from "./parse-return";
import { type IntegrationRequestAnswer, integrationRequestAnswer } from "./schemas";
import { getPartnerCaller } from "./token";
import { readResource } from "./vendor-client";

const OPERATION = "GET /integrations/{requestId}";

/** Errors: `forbidden` (not the integrator's key), `not_found` (also another integrator's), `expired`. */
export async function readIntegrationRequest(
  context: ConnectorContext,
  vendorRequest: string,
): Promise<IntegrationRequestAnswer> {
  const path = getRequestPath(context, vendorRequest);
  const answer = await readResource(context, getPartnerCaller(context), OPERATION, path);
  return parseAnswer(context, OPERATION, integrationRequestAnswer, answer);
}

/** Only digits reach the path: the id came from a query string. */
export function getRequestPath(context: ConnectorContext, vendorRequest: string): string {
  if (!isRequestId(vendorRequest)) {
    throw new ConnectorError("not_found", noAnswer(OPERATION, context.now()), { unsent: true });
  }
  return `/integrations/${vendorRequest}`;
}
