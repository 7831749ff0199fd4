import { operators } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { DEFAULT_LOCALE } from "@/lib/core/locales";
import { ensureUser } from "@/lib/people/auth/ensure-user";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/** Makes the person of an address an operator, signed in before or not. False when it was one already. */
export async function addOperator(tx: SystemTransaction, email: string): Promise<boolean> {
  const user = await ensureUser(tx, { email, locale: DEFAULT_LOCALE });
  const added = await tx
    .insert(operators)
    .values({ userId: user.id })
    .onConflictDoNothing()
    .returning({ userId: operators.userId });
  if (added.length === 0) return false;
  await writeAudit(tx, {
    actor: { kind: "system" },
    action: "operator.create",
    subject: { kind: "user", id: user.id },
  });
  return true;
}
