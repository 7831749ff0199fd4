import type { z } from "zod";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { noAnswer } from "@/lib/connectors/vendor-answer";
import { AppError } from "@/lib/core/app-error";
import { customersAnswer } from "./schemas";
import { getPartnerCaller } from "./token";
import { readResource } from "./vendor-client";

const OPERATION = "GET /integrations/{integrationId}/customers";

export async function listCustomers(context: ConnectorContext): Promise<string[]> {
  const integrationId = context.application.vendorIntegrationId;
  if (!integrationId)
    throw new AppError("misconfigured", "the vendor application has no vendorIntegrationId");
  const path = `/integrations/${encodeURIComponent(integrationId)}/customers`;
  const answer = await readResource(context, getPartnerCaller(context), OPERATION, path);
  return toCompanyIds(context, parseAnswer(context, OPERATION, customersAnswer, answer));
}

function toCompanyIds(context: ConnectorContext, answer: z.infer<typeof customersAnswer>): string[] {
  if (Array.isArray(answer)) return answer.map(({ companyId }) => companyId);
  if ("companyId" in answer) return [answer.companyId];
  const total = answer.meta?.totalCount ?? answer.results.length;
  // No paging is documented here; part of a list must not be taken for all of it.
  if (total > answer.results.length) {
    throw new ConnectorError("unexpected", { ...noAnswer(OPERATION, context.now()), status: 200 });
  }
  return answer.results.map(({ companyId }) => companyId);
}
