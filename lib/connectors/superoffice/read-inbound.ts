import { decodeJwt, errors } from "jose";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import type { InboundCall, InboundNotice } from "@/lib/connectors/inbound";
import { sha256 } from "@/lib/core/hash";
import { CONTEXT_CLAIM, stateChange } from "./schemas";
import { verifyToken } from "./sign-in";

const OPERATION = "POST tenant status (inbound)";

/**
 * A tenant changed: upgraded, restored, suspended, resumed, deleted or moved. The token in the body shows that SuperOffice sent
 * it; what is true of the tenant is read at its state address, since the token does not cover the body and may be sent again.
 */
export async function readInbound(
  context: ConnectorContext,
  { body }: InboundCall,
): Promise<InboundNotice | null> {
  const parsed = stateChange.safeParse(readJson(body));
  if (!parsed.success) return null;
  const { Token: token, ContextIdentifier: tenant } = parsed.data;
  // Something else than a token costs no call to the vendor.
  if (!isToken(token)) return null;
  const claims = await verifyToken(context, OPERATION, token, { isForApplication: false }).catch(
    refuseForgery,
  );
  if (claims === null) return null;
  const named = claims[CONTEXT_CLAIM];
  if (named !== undefined && named !== tenant) return null;
  return { id: sha256(token), kind: "environment_changed", externalId: tenant };
}

/** What is not SuperOffice's is no trouble of SuperOffice's; keys that cannot be read now are. */
function refuseForgery(error: unknown): null {
  if (error instanceof ConnectorError && error.kind === "unexpected") return null;
  throw error;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isToken(text: string): boolean {
  try {
    return decodeJwt(text) !== null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}
