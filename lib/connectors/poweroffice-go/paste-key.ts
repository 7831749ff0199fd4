import type { Verification } from "@/lib/connectors/connector";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import type { RightAsked } from "@/lib/connectors/manifest";
import { readClientInformation } from "./client-information";
import { comparePrivileges, findUncovered } from "./compare-privileges";
import { toIdentity } from "./verify";

/** The client whose extension was added by hand. A privilege that its Go modules do not cover is a missing module. */
export async function pasteKey(
  context: ConnectorContext,
  key: HeldKey,
  asked: readonly RightAsked[],
): Promise<Verification> {
  const information = await readClientInformation(context, key);
  return {
    identity: toIdentity(information),
    productFit: findUncovered(information, asked).length > 0 ? "wrong" : "ok",
    rights: comparePrivileges(information, asked),
  };
}
