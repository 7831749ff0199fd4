import type { GrantedKeys } from "@/lib/connectors/consent";
import type { ConnectorContext } from "@/lib/connectors/context";
import { parseAnswer } from "@/lib/connectors/parse-answer";
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
  const byKey = new Map<string, OnboardedClient>();
  const withoutKey: string[] = [];
  for (const entry of OnboardedClientsInformation ?? []) {
    const client = onboardedClient.safeParse(entry).data;
    if (client) {
      byKey.set(client.ClientKey, client);
      continue;
    }
    context.log.warn({ operation: OPERATION }, "the vendor's answer holds a client without a usable key");
    const { ClientName = null, ClientOrganizationNumber = null } =
      clientWithoutKey.safeParse(entry).data ?? {};
    withoutKey.push(ClientName ?? ClientOrganizationNumber ?? "?");
  }
  return {
    initiatorEmail: UserEmail,
    withoutKey,
    keys: [...byKey.values()].map((client) => ({
      name: client.ClientName,
      businessId: client.ClientOrganizationNumber,
      secret: client.ClientKey,
    })),
  };
}
