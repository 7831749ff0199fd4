import { and, desc, eq, inArray, lt } from "drizzle-orm";
import { activationRequests, activations, integrations, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { readMain } from "@/lib/catalogue/integration/read-content";
import { AppError } from "@/lib/core/app-error";
import type { ApiCaller, PartnerRequestView, RequestsQuery } from "./schema";

type Partner = ScopedTransaction<"partner">;

/** Requests of the key's partner and stage. */
function selectRequests(tx: Partner) {
  return tx
    .select({ request: activationRequests, integration: integrations, specification: specifications })
    .from(activationRequests)
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .$dynamic();
}
type Row = Awaited<ReturnType<typeof selectRequests>>[number];
type ActivationRow = typeof activations.$inferSelect;

async function findActivations(tx: Partner, requestIds: string[]): Promise<Map<string, ActivationRow[]>> {
  const found = new Map<string, ActivationRow[]>(requestIds.map((id) => [id, []]));
  if (requestIds.length === 0) return found;
  const rows = await tx
    .select()
    .from(activations)
    .where(inArray(activations.requestId, requestIds))
    .orderBy(activations.environmentName);
  for (const row of rows) found.get(row.requestId)?.push(row);
  return found;
}

function toView({ request, integration, specification }: Row, rows: ActivationRow[]): PartnerRequestView {
  return {
    id: request.id,
    state: request.state,
    integration: { slug: integration.slug, name: readMain(specification.content).name },
    specificationVersion: specification.version,
    submittedAt: request.submittedAt.toISOString(),
    deadlineAt: request.deadlineAt.toISOString(),
    decidedAt: request.decidedAt?.toISOString() ?? null,
    settledAt: request.settledAt?.toISOString() ?? null,
    customerRef: request.customerRef,
    formAnswers: request.formAnswers,
    settings: request.settings,
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

/** Newest first, a page of `limit` before `cursor`. */
export async function listPartnerRequests(
  tx: Partner,
  caller: ApiCaller,
  { limit, cursor, state, integration, customerRef }: RequestsQuery,
): Promise<{ activationRequests: PartnerRequestView[]; nextCursor: string | null }> {
  const ofKey = tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      and(eq(integrations.stage, caller.stage), integration ? eq(integrations.slug, integration) : undefined),
    );
  // From their table alone: joined with others before the limit, the planner may read all of the partner's rows first.
  const ids = await tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(
      and(
        inArray(activationRequests.integrationId, ofKey),
        state ? eq(activationRequests.state, state) : undefined,
        customerRef ? eq(activationRequests.customerRef, customerRef) : undefined,
        // Ids are ordered by time.
        cursor ? lt(activationRequests.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(activationRequests.id))
    .limit(limit + 1);
  const page = ids.slice(0, limit).map(({ id }) => id);
  const shown = await selectRequests(tx)
    .where(inArray(activationRequests.id, page))
    .orderBy(desc(activationRequests.id));
  const environments = await findActivations(
    tx,
    shown.map(({ request }) => request.id),
  );
  return {
    activationRequests: shown.map((row) => toView(row, environments.get(row.request.id) ?? [])),
    nextCursor: ids.length > limit ? (page.at(-1) ?? null) : null,
  };
}

/** The request with its connector. Throws `not_found` for another partner's and for another stage than the key's. */
export async function getPartnerRequest(
  tx: Partner,
  caller: ApiCaller,
  requestId: string,
): Promise<PartnerRequestView & { connector: string }> {
  const [row] = await selectRequests(tx).where(
    and(eq(activationRequests.id, requestId), eq(integrations.stage, caller.stage)),
  );
  if (!row) throw new AppError("not_found", "activation request");
  const environments = await findActivations(tx, [requestId]);
  return { ...toView(row, environments.get(requestId) ?? []), connector: row.integration.connector };
}
