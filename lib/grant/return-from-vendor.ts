import { sql } from "drizzle-orm";
import { grants } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/account/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import { AppError } from "@/lib/core/app-error";
import { findOpenDraft } from "@/lib/draft/queries";
import { isConsentUnderWay } from "@/lib/draft/rules";
import { enqueueEvent } from "@/lib/outbox/enqueue-event";
import { findNewestGrant } from "./queries";
import type { VendorReturn } from "./schema";

/**
 * Takes note that this signed-in person came back from the vendor with a request id, and has the worker read it. It
 * claims nothing: that is decided when the vendor has said whose request it is. Coming back twice gives the same grant.
 */
export async function returnFromVendor(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  returned: VendorReturn,
): Promise<string> {
  const [integration] = await tx.execute<{ id: string; connector: string; stage: string }>(
    sql`select id, connector, stage from kytkin.integration_for_return(${returned.slug})`,
  );
  if (!integration) throw new AppError("not_found", "integration");
  const before = await findNewestGrant(tx, viewer, integration.id, returned.vendorRequest);
  // A refusal may have been a passing one; it is read again.
  if (before && before.state !== "refused") return before.id;

  const draft = await findOpenDraft(tx, integration.id);
  const isOfDraft = draft !== null && isConsentUnderWay(draft, new Date());
  const id = await insertGrant(tx, viewer, integration, returned.vendorRequest, isOfDraft ? draft.id : null);
  if (id === null) {
    // Another tab of the same person was a moment faster.
    const other = await findNewestGrant(tx, viewer, integration.id, returned.vendorRequest);
    if (!other) throw new AppError("conflict", "grant");
    return other.id;
  }
  await enqueueEvent(tx, "grant/returned", { grantId: id });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    action: "grant.return",
    subject: { kind: "grant", id },
  });
  return id;
}

async function insertGrant(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  integration: { id: string; connector: string; stage: string },
  vendorRequest: string,
  draftId: string | null,
): Promise<string | null> {
  const [grant] = await tx
    .insert(grants)
    .values({
      accountId: viewer.accountId,
      userId: viewer.userId,
      integrationId: integration.id,
      connector: integration.connector,
      stage: integration.stage,
      vendorRequest,
      draftId,
    })
    .onConflictDoNothing()
    .returning({ id: grants.id });
  return grant?.id ?? null;
}
