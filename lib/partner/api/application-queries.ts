import { and, asc, desc, eq, lt, ne } from "drizzle-orm";
import { applicationTrials, integrations, vendorApplications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { listPartnerFields } from "@/lib/connectors/application-field";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import { listSecretNames } from "@/lib/partner/application/queries";
import { judgeApplication } from "@/lib/partner/application/rules";
import type { ApiCaller } from "./schema";

type Partner = ScopedTransaction<"partner">;
type Row = typeof vendorApplications.$inferSelect;

async function findLastTrial(tx: Partner, applicationId: string) {
  const [trial] = await tx
    .select({
      kind: applicationTrials.kind,
      state: applicationTrials.state,
      failure: applicationTrials.failure,
      checks: applicationTrials.checks,
      updatedAt: applicationTrials.updatedAt,
    })
    .from(applicationTrials)
    .where(
      and(eq(applicationTrials.vendorApplicationId, applicationId), ne(applicationTrials.state, "discarded")),
    )
    .orderBy(desc(applicationTrials.updatedAt))
    .limit(1);
  return trial ?? null;
}

async function toView(tx: Partner, row: Row) {
  const fields = listPartnerFields(getConnector(row.connector).manifest);
  const present = await listSecretNames(tx, row.id);
  const trial = await findLastTrial(tx, row.id);
  const using = await tx
    .select({ slug: integrations.slug })
    .from(integrations)
    .where(eq(integrations.vendorApplicationId, row.id))
    .orderBy(asc(integrations.slug));
  const secrets = fields.filter(({ isSecret }) => isSecret);
  return {
    id: row.id,
    connector: row.connector,
    stage: row.stage,
    clientId: row.clientId,
    // Named by the manifest: a base address that the operator set is not the partner's to read.
    settings: Object.fromEntries(
      fields.flatMap(({ name, isSecret }) => {
        const value = row.settings[name];
        return isSecret || value === undefined ? [] : [[name, value]];
      }),
    ),
    secrets: secrets.map(({ name }) => ({ name, isSet: present.includes(name) })),
    state: judgeApplication({
      isComplete: secrets.every(({ name, isRequired }) => !isRequired || present.includes(name)),
      isProven: row.provenAt !== null,
      trial,
    }),
    provenAt: row.provenAt?.toISOString() ?? null,
    integrations: using.map(({ slug }) => slug),
    lastTrial: trial && {
      kind: trial.kind,
      state: trial.state,
      failure: trial.failure,
      checks: trial.checks.map(({ title, state, note }) => ({ title, state, note: note ?? null })),
      at: trial.updatedAt.toISOString(),
    },
  };
}

/** Of the key's partner and stage, newest first, a page of `limit` before `cursor`. */
export async function listPartnerApplications(
  tx: Partner,
  caller: ApiCaller,
  { limit, cursor }: { limit: number; cursor?: string },
) {
  const rows = await tx
    .select()
    .from(vendorApplications)
    .where(
      and(eq(vendorApplications.stage, caller.stage), cursor ? lt(vendorApplications.id, cursor) : undefined),
    )
    .orderBy(desc(vendorApplications.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const views = [];
  for (const row of shown) views.push(await toView(tx, row));
  return {
    vendorApplications: views,
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** Throws `not_found` for another partner's and for another stage than the key's. */
export async function getPartnerApplication(tx: Partner, caller: ApiCaller, id: string) {
  const [row] = await tx
    .select()
    .from(vendorApplications)
    .where(and(eq(vendorApplications.id, id), eq(vendorApplications.stage, caller.stage)));
  if (!row) throw new AppError("not_found", "vendor application");
  return toView(tx, row);
}
