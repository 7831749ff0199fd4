import type { Verification } from "@/lib/connectors/connector";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import type { RightAsked } from "@/lib/connectors/manifest";
import { readClientInformation } from "./client-information";
import { comparePrivileges } from "./compare-privileges";
import type { ClientInformation } from "./schemas";

/** Which client a key belongs to and what the integration may do there. `disconnected` when it was removed in Go. */
export async function verify(
  context: ConnectorContext,
  credential: { connectionId: string; secret: string },
  asked: readonly RightAsked[],
): Promise<Verification> {
  const key: HeldKey = {
    subject: { kind: "connection", connectionId: credential.connectionId },
    secret: credential.secret,
  };
  // A token keeps the privileges that it was made with, for up to its 20 minutes.
  await context.tokens.drop(key.subject);
  const information = await readClientInformation(context, key);
  return {
    identity: toIdentity(information),
    // A module that is missing shows as missing privileges, which can be cured.
    productFit: "ok",
    rights: comparePrivileges(information, asked),
  };
}

/** The answer has no organization number. */
export function toIdentity({ ClientId, ClientName }: ClientInformation): Verification["identity"] {
  return { externalId: ClientId, name: ClientName ?? ClientId, businessId: null, country: null };
}
