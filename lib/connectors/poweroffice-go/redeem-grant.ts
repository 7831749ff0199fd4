import { parseAnswer } from "@/lib/connectors/parse-answer";
import type { ConnectorContext, GrantedKeys } from "@/lib/connectors/types";
import { callAsApplication } from "./call-vendor";
import { finalizeAnswer, finalizeBody, onboardedClient } from "./schemas";

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
  const clients = (OnboardedClientsInformation ?? []).flatMap((entry) => {
    const client = onboardedClient.safeParse(entry);
    if (client.success) return [client.data];
    context.log.warn({ operation: OPERATION }, "the vendor's answer holds a client without a usable key");
    return [];
  });
  const byKey = new Map(clients.map((client) => [client.ClientKey, client]));
  return {
    initiatorEmail: UserEmail,
    keys: [...byKey.values()].map((client) => ({
      name: client.ClientName,
      businessId: client.ClientOrganizationNumber,
      secret: client.ClientKey,
    })),
  };
}
