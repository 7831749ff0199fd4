import type { z } from "zod";
import type { ActivateInput, IssuedCredential } from "@/lib/connectors/connector";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { readEach } from "@/lib/connectors/read-each";
import { beforeSending, noAnswer } from "@/lib/connectors/vendor-answer";
import { getRequestPath, readIntegrationRequest } from "./integration-request";
import { acceptsReason } from "./reason";
import { decisionAnswer, decisionBody, issuedKey } from "./schemas";
import { getPartnerCaller } from "./token";
import { sendChange } from "./vendor-client";

const OPERATION = "PUT /integrations/{requestId}";

/**
 * Approves and rejects all companies of a request at once. The vendor makes a technical user in each approved company
 * and returns its key, once: the PUT is sent a single time, and a lost answer is `unavailable` with `unsent: false`.
 */
export async function activate(context: ConnectorContext, input: ActivateInput): Promise<IssuedCredential[]> {
  const body = toBody(context, input);
  // A read first: it proves the token, which the PUT cannot repeat with a new one, and finds an expired request
  // while nothing has happened yet.
  await beforeSending(readIntegrationRequest(context, input.vendorRequest));
  const answer = await sendChange(context, getPartnerCaller(context), {
    operation: OPERATION,
    method: "PUT",
    path: getRequestPath(context, input.vendorRequest),
    body,
  });
  // Where all is declined there are no keys to be told of: any success will do.
  return input.approve.length === 0 ? [] : readKeys(context, input.approve, answer);
}

function toBody(context: ConnectorContext, input: ActivateInput): z.infer<typeof decisionBody> {
  const body = decisionBody.safeParse({
    approve: input.approve.map(Number),
    reject: input.reject.map(({ externalId, reason }) => ({ companyId: Number(externalId), reason })),
  });
  if (body.success && body.data.reject.every(({ reason }) => acceptsReason(reason))) return body.data;
  throw new ConnectorError("rejected", noAnswer(OPERATION, context.now()), {
    unsent: true,
    cause: body.error,
  });
}

function readKeys(
  context: ConnectorContext,
  approved: readonly string[],
  answer: unknown,
): IssuedCredential[] {
  const { companiesIntegrated } = parseAnswer(context, OPERATION, decisionAnswer, answer);
  const { read, leftOut } = readEach(issuedKey, companiesIntegrated);
  if (leftOut.length > 0)
    context.log.warn(
      { operation: OPERATION, count: leftOut.length },
      "Procountor's answer holds companies without a usable key",
    );
  const named = read.flatMap(({ companyId, apiKey }) =>
    companyId === null ? [] : [{ externalId: companyId, secret: apiKey }],
  );
  const [unnamed, ...others] = read.filter(({ companyId }) => companyId === null);
  const [waiting, ...more] = approved.filter((id) => !named.some(({ externalId }) => externalId === id));
  // A key that does not say whose it is can be of one company alone; the check of its identity comes after.
  return unnamed && waiting && others.length === 0 && more.length === 0
    ? [...named, { externalId: waiting, secret: unnamed.apiKey }]
    : named;
}
