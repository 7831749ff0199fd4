import { and, eq } from "drizzle-orm";
import { isUniqueViolation } from "@/db/errors";
import { grants } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { findOpenDraft } from "@/lib/activation/draft/queries";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/**
 * "Continue as …": the person who consented at the vendor claims the request for the account. Throws `not_found` when
 * there is nothing to confirm and when somebody else claimed it first (the unique index decides).
 */
export async function confirmGrant(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  grantId: string,
): Promise<void> {
  const [grant] = await tx
    .select({ id: grants.id, integrationId: grants.integrationId, state: grants.state })
    .from(grants)
    .where(and(eq(grants.id, grantId), eq(grants.userId, viewer.userId)));
  if (!grant) throw new AppError("not_found", "grant");
  if (grant.state === "open") return;
  const draft = await findOpenDraft(tx, grant.integrationId);
  const claimed = await tx
    .update(grants)
    .set({ state: "open", draftId: draft?.id ?? null, updatedAt: new Date() })
    .where(and(eq(grants.id, grant.id), eq(grants.state, "unconfirmed")))
    .returning({ id: grants.id })
    .catch((cause: unknown) => {
      if (isUniqueViolation(cause)) throw new AppError("not_found", "claimed by somebody else", { cause });
      throw cause;
    });
  if (claimed.length === 0) throw new AppError("not_found", "grant");
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    action: "grant.confirm",
    subject: { kind: "grant", id: grant.id },
  });
}
