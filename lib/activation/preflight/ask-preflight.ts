import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { candidates, grants, integrations } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import type { DraftRow } from "@/lib/activation/draft/queries";
import { looksAhead } from "@/lib/connectors/connector";
import { getConnector } from "@/lib/connectors/registry";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

/** Has what is picked checked, or checked again, where the vendor can be asked beforehand. */
export async function askPreflight(
  tx: RequestTransaction,
  draft: Pick<DraftRow, "id" | "integrationId">,
): Promise<void> {
  const [integration] = await tx
    .select({ connector: integrations.connector })
    .from(integrations)
    .where(eq(integrations.id, draft.integrationId));
  if (!integration || !looksAhead(getConnector(integration.connector))) return;
  const open = await tx
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.draftId, draft.id), eq(grants.state, "open")));
  if (open.length === 0) return;
  const ofDraft = inArray(
    candidates.grantId,
    open.map(({ id }) => id),
  );
  const asked = await tx
    .update(candidates)
    .set({ preflightAskedAt: new Date(), preflightCheckedAt: null })
    .where(and(ofDraft, isNotNull(candidates.pickedAt)))
    .returning({ id: candidates.id });
  if (asked.length > 0) await enqueueEvent(tx, "draft/preflight.wanted", { draftId: draft.id });
}
