import type { GrantedKeys } from "@/lib/connectors/consent";
import type { ConnectorContext } from "@/lib/connectors/context";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { readEach } from "@/lib/connectors/read-each";
import { callAsApplication } from "./call-vendor";
import {
  clientWithoutKey,
  finalizeAnswer,
  finalizeBody,
  type OnboardedClient,
  onboardedClient,
} from "./schemas";

const OPERATION = "POST /Onboarding/Finalize";

/** Trades the one-time token for a key of each onboarded client. The vendor answers once; a used token is `rejected`. */
export async function redeemGrant(context: ConnectorContext, token: string): Promise<GrantedKeys> {
  const body = finalizeBody.parse({ OnboardingToken: token });
  const answer = await callAsApplication(
    context,
    { operation: OPERATION, method: "POST", path: "/Onboarding/Finalize", body },
    [token],
  );
  const { UserEmail, OnboardedClientsInformation } = parseAnswer(context, OPERATION, finalizeAnswer, answer);
  const { read, leftOut } = readEach(onboardedClient, OnboardedClientsInformation);
  if (leftOut.length > 0)
    context.log.warn(
      { operation: OPERATION, count: leftOut.length },
      "the vendor's answer holds clients without a usable key",
    );
  const byKey = new Map<string, OnboardedClient>(read.map((client) => [client.ClientKey, client]));
  return {
    initiatorEmail: UserEmail,
    withoutKey: leftOut.map(nameOf),
    keys: [...byKey.values()].map((client) => ({
      name: client.ClientName,
      businessId: client.ClientOrganizationNumber,
      secret: client.ClientKey,
    })),
  };
}

function nameOf(entry: unknown): string {
  const { ClientName = null, ClientOrganizationNumber = null } = clientWithoutKey.safeParse(entry).data ?? {};
  return ClientName ?? ClientOrganizationNumber ?? "?";
}
