import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/** Gives the viewer's account another name, for all of its members. */
export async function renameAccount(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  name: string,
): Promise<void> {
  await tx.update(accounts).set({ name }).where(eq(accounts.id, viewer.accountId));
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    action: "account.rename",
    subject: { kind: "account", id: viewer.accountId },
  });
}
