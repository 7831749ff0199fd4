import { and, eq } from "drizzle-orm";
import { candidates, grants, integrations } from "@/db/schema";
import { DECLINED_REASONS } from "@/lib/activation/request/declined-reasons";
import { decides } from "@/lib/connectors/connector";
import { ConnectorError } from "@/lib/connectors/errors";
import { getConnector } from "@/lib/connectors/registry";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import {
  type JournalledCall,
  journalAnswer,
  journalSending,
  journalUnsent,
} from "@/lib/connectors/vendor/vendor-call-journal";
import { AppError } from "@/lib/core/app-error";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { getGrantWithApplication } from "./get-grant-with-application";
import { giveKeysBack } from "./give-keys-back";

/**
 * Gives an open grant back: the vendor is told that nothing of it is activated. A grant that was submitted meanwhile is
 * left alone. Declining issues nothing, so an answer that got lost needs no recovery: the vendor's own expiry ends it.
 */
export async function releaseGrant(context: WorkerContext, grantId: string): Promise<void> {
  const loaded = await getGrantWithApplication(context, grantId);
  const connector = getConnector(loaded.grant.connector);
  if (loaded.grant.keysFrom !== "decision" || !decides(connector)) return giveKeysBack(context, loaded);
  const released = await asSystem(context, "release grant", async (tx) => {
    const [row] = await tx
      .select({ grant: grants, vendorApplicationId: integrations.vendorApplicationId })
      .from(grants)
      .innerJoin(integrations, eq(integrations.id, grants.integrationId))
      .where(eq(grants.id, grantId))
      .for("update", { of: grants });
    if (!row) throw new AppError("not_found", "grant");
    if (row.grant.state !== "open" && row.grant.state !== "released") return null;
    await tx
      .update(grants)
      .set({ state: "released", updatedAt: new Date() })
      .where(and(eq(grants.id, grantId), eq(grants.state, "open")));
    const offered = await tx
      .select({ externalId: candidates.externalId })
      .from(candidates)
      .where(eq(candidates.grantId, grantId));
    const { connector, stage, vendorRequest } = row.grant;
    const call: JournalledCall = { connector, stage, vendorRequest, verb: "decide" };
    const declined = offered.map(({ externalId }) => ({ externalId, reason: DECLINED_REASONS.abandoned }));
    const decision = { vendorRequest, approve: [], reject: declined };
    const journal = await journalSending(tx, call, decision);
    return journal.state === "fresh"
      ? { call, decision, accountId: row.grant.accountId, vendorApplicationId: row.vendorApplicationId }
      : null;
  });
  if (!released) return;
  const { connector: reached, vendor } = await createConnectorContext(
    context,
    released.vendorApplicationId,
    released.accountId,
  );
  if (!decides(reached)) return;
  try {
    await reached.consent.decide(vendor, released.decision);
    await asSystem(context, "journal answer", (tx) => journalAnswer(tx, released.call, 200));
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    // What the vendor no longer holds needs no giving back.
    const isOver = error.kind === "expired" || error.kind === "not_found";
    if (error.unsent && !isOver) {
      await asSystem(context, "journal unsent call", (tx) => journalUnsent(tx, released.call));
      throw error;
    }
    await asSystem(context, "journal answer", (tx) =>
      journalAnswer(tx, released.call, error.answer.status ?? 0),
    );
  }
}
