import { and, eq } from "drizzle-orm";
import { candidates, grants } from "@/db/schema";
import { type ConsentCoverage, coverageOf } from "@/lib/connectors/connector";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { describeKeys } from "./describe-keys";
import { findUsableLinkToken } from "./find-usable-link-token";
import type { GrantWithApplication } from "./get-grant-with-application";
import type { KeyGrantingVendor } from "./granted-keys";
import { reconnect } from "./reconnect";
import { recordLatestAnswer } from "./record-vendor-answer";
import { redeemKeys } from "./redeem-keys";
import { refuseGrant } from "./refuse-grant";
import { releaseOlderGrants } from "./release-older-grants";
import { expiryOfGrantedKeys, grantMachine } from "./rules";

/**
 * The customer came back with our state: trades what came back for keys, once, finds out which environments they belong
 * to, and opens the grant. The state proves that it is the person who left, so nobody else has to confirm.
 */
export async function receiveKeys(
  context: WorkerContext,
  loaded: GrantWithApplication,
  keyVendor: KeyGrantingVendor,
): Promise<{ state: string }> {
  const { grant } = loaded;
  const outcome = grant.returnOutcome ?? "unknown_outcome";
  if (outcome !== "given") return refuseGrant(context, grant.id, outcome);
  const refusal = await redeemKeys(context, { ...grant, slug: loaded.slug }, keyVendor);
  if (refusal) return refuseGrant(context, grant.id, refusal);
  await recordLatestAnswer(context, grant, async () => {
    await describeKeys(context, grant, keyVendor);
    await reconnect(context, loaded, keyVendor);
  });
  return openGrant(context, loaded, coverageOf(keyVendor.connector));
}

async function openGrant(
  context: WorkerContext,
  { grant, draftLinkToken }: GrantWithApplication,
  covers: ConsentCoverage,
): Promise<{ state: string }> {
  const isOpen = await asSystem(context, "open grant", async (tx) => {
    const [any] = await tx
      .select({ id: candidates.id })
      .from(candidates)
      .where(eq(candidates.grantId, grant.id))
      .limit(1);
    if (!any) return false;
    const now = new Date();
    const opened = await tx
      .update(grants)
      .set({
        state: grantMachine.advance("reading", "read_for_draft"),
        linkToken: draftLinkToken ?? (await findUsableLinkToken(tx, grant.integrationId)),
        expiresAt: expiryOfGrantedKeys(now),
        updatedAt: now,
      })
      .where(and(eq(grants.id, grant.id), eq(grants.state, "reading")))
      .returning({ id: grants.id });
    if (grant.draftId && opened.length > 0)
      await releaseOlderGrants(tx, { grantId: grant.id, draftId: grant.draftId, covers });
    return true;
  });
  return isOpen ? { state: "open" } : refuseGrant(context, grant.id, "nothing_granted");
}
