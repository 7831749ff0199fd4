import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { memberships, users } from "@/db/schema";
import { withScope } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/** Makes another of the viewer's accounts the active one, on all of its devices. Throws `not_found` for a foreign one. */
export async function switchAccount(database: Database, viewer: Viewer, accountId: string): Promise<void> {
  await withScope(database, { kind: "auth" }, async (tx) => {
    const [membership] = await tx
      .select({ accountId: memberships.accountId })
      .from(memberships)
      .where(and(eq(memberships.userId, viewer.userId), eq(memberships.accountId, accountId)));
    if (!membership) throw new AppError("not_found", "account");
    await tx.update(users).set({ activeAccountId: accountId }).where(eq(users.id, viewer.userId));
    await writeAudit(tx, {
      actor: { kind: "user", userId: viewer.userId },
      accountId,
      action: "account.switch",
      subject: { kind: "account", id: accountId },
    });
  });
}
