import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { candidates, drafts, grants, integrations, specifications } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { type GrantedKey, openGrantedKey } from "@/lib/activation/grant/granted-keys";
import { chosenFor } from "@/lib/activation/settings/rules";
import { readMain } from "@/lib/catalogue/integration/read-content";
import { isUsedAlone } from "@/lib/connection/preparation/queries";
import { blameOf } from "@/lib/connectors/blame";
import { type Connector, canPreflight } from "@/lib/connectors/connector";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import type { Finding, PreflightNeeds } from "@/lib/connectors/preflight";
import type { ForeseenStep } from "@/lib/connectors/preparation";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { mapConcurrently } from "@/lib/core/map-concurrently";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { foreseePreparation } from "./foresee-preparation";
import { needsOf } from "./rules";

/** The vendor's limit spaces the calls; a few at a time hide its latency. */
const AT_A_TIME = 5;

/**
 * Checks what an open draft has picked, each environment with its own key. Reads only at the vendor. May run at any time
 * and twice: what was asked again meanwhile stays unanswered, for the run that the new asking began.
 */
export async function runPreflight(context: WorkerContext, draftId: string): Promise<void> {
  const loaded = await asSystem(context, "read preflight", (tx) => load(tx, draftId));
  if (!loaded || loaded.asked.length === 0) return;
  const { connector, vendor } = await createConnectorContext(
    context,
    loaded.vendorApplicationId,
    loaded.accountId,
  );
  await mapConcurrently(loaded.asked, AT_A_TIME, (held) =>
    check(context, held, { connector, vendor, needs: loaded.needs }),
  );
}

/** Null when the draft is not open any more, or while nobody knows what is needed: the settings are not chosen. */
async function load(tx: SystemTransaction, draftId: string) {
  const [row] = await tx
    .select({
      draft: drafts,
      content: specifications.content,
      vendorApplicationId: integrations.vendorApplicationId,
    })
    .from(drafts)
    .innerJoin(specifications, eq(specifications.id, drafts.specificationId))
    .innerJoin(integrations, eq(integrations.id, drafts.integrationId))
    .where(and(eq(drafts.id, draftId), eq(drafts.state, "open")));
  if (!row) return null;
  const content = readMain(row.content);
  const settings = chosenFor(content.settings, row.draft.settings);
  if (settings === null) return null;
  return {
    accountId: row.draft.accountId,
    vendorApplicationId: row.vendorApplicationId,
    needs: needsOf(content, settings),
    asked: await listAsked(tx, draftId),
  };
}

async function listAsked(tx: SystemTransaction, draftId: string): Promise<GrantedKey[]> {
  const rows = await tx
    .select({ candidate: candidates })
    .from(candidates)
    .innerJoin(grants, eq(grants.id, candidates.grantId))
    .where(
      and(
        eq(grants.draftId, draftId),
        eq(grants.state, "open"),
        eq(candidates.keyState, "held"),
        isNotNull(candidates.preflightAskedAt),
        isNull(candidates.preflightCheckedAt),
      ),
    );
  return rows.map(({ candidate }) => candidate);
}

type Asked = { connector: Connector; vendor: ConnectorContext; needs: PreflightNeeds };
type Seen = { findings: Finding[]; foreseen: ForeseenStep[] | null };

async function check(context: WorkerContext, held: GrantedKey, asked: Asked): Promise<void> {
  const { id, preflightAskedAt } = held;
  if (preflightAskedAt === null) return;
  const key = await asSystem(context, "open granted key", (tx) => openGrantedKey(tx, context, held));
  const seen = await look(context, { key, externalId: held.externalId }, asked).catch(
    (error: unknown): Seen => ({ findings: findingOf(error), foreseen: null }),
  );
  await asSystem(context, "keep findings", (tx) =>
    tx
      .update(candidates)
      .set({
        preflightFindings: seen.findings,
        preflightForeseen: seen.foreseen,
        preflightCheckedAt: new Date(),
      })
      .where(and(eq(candidates.id, id), eq(candidates.preflightAskedAt, preflightAskedAt))),
  );
}

async function look(
  context: WorkerContext,
  { key, externalId }: { key: HeldKey; externalId: string },
  { connector, vendor, needs }: Asked,
): Promise<Seen> {
  const findings = canPreflight(connector) ? await connector.consent.preflight(vendor, key, needs) : [];
  const { prepare, manifest } = connector;
  if (!prepare) return { findings, foreseen: null };
  const environment = { connector: manifest.id, stage: vendor.application.stage, externalId };
  const isTaken = (thing: string): Promise<boolean> =>
    asSystem(context, "ask who uses a thing", (tx) => isUsedAlone(tx, environment, thing));
  const foreseen = await foreseePreparation(prepare, vendor, key, { rights: needs.rights, isTaken });
  return { findings, foreseen };
}

/** What the vendor's trouble means to the customer, who can have it checked again. */
function findingOf(error: unknown): Finding[] {
  if (!(error instanceof ConnectorError)) throw error;
  const isOver = blameOf(error) === "integration" || blameOf(error) === "key";
  const code = isOver ? "disconnected" : "not_checked";
  return [{ code, isBlocking: isOver, subjects: [], found: [], answer: error.answer }];
}
