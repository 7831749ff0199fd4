import { and, eq } from "drizzle-orm";
import { activationRequests, activations, integrations, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { readMain } from "@/lib/catalogue/integration/read-content";
import { AppError } from "@/lib/core/app-error";
import type { ApiCaller, PartnerRequestView } from "./schema";

/** The request with its connector. Throws `not_found` for another partner's and for another stage than the key's. */
export async function getPartnerRequest(
  tx: ScopedTransaction<"partner">,
  caller: ApiCaller,
  requestId: string,
): Promise<PartnerRequestView & { connector: string }> {
  const [row] = await tx
    .select({ request: activationRequests, integration: integrations, specification: specifications })
    .from(activationRequests)
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .where(and(eq(activationRequests.id, requestId), eq(integrations.stage, caller.stage)));
  if (!row) throw new AppError("not_found", "activation request");
  const rows = await tx
    .select()
    .from(activations)
    .where(eq(activations.requestId, requestId))
    .orderBy(activations.environmentName);
  const { request, integration, specification } = row;
  return {
    id: request.id,
    state: request.state,
    integration: { slug: integration.slug, name: readMain(specification.content).name },
    specificationVersion: specification.version,
    submittedAt: request.submittedAt.toISOString(),
    deadlineAt: request.deadlineAt.toISOString(),
    decidedAt: request.decidedAt?.toISOString() ?? null,
    settledAt: request.settledAt?.toISOString() ?? null,
    formAnswers: request.formAnswers,
    settings: request.settings,
    connector: integration.connector,
    environments: rows.map((activation) => ({
      environmentId: activation.environmentId,
      externalId: activation.externalId,
      name: activation.environmentName,
      businessId: activation.businessId,
      state: activation.state,
      rejectionReason: activation.rejectionReason,
      failureReason: activation.failureReason,
    })),
  };
}
