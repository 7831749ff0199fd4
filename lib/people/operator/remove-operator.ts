import { eq, inArray } from "drizzle-orm";
import { operators, users } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/** Takes the right away at once; the person stays a user. False when nobody with this address was an operator. */
export async function removeOperator(tx: SystemTransaction, email: string): Promise<boolean> {
  const person = tx.select({ id: users.id }).from(users).where(eq(users.email, email.toLowerCase()));
  const removed = await tx
    .delete(operators)
    .where(inArray(operators.userId, person))
    .returning({ userId: operators.userId });
  for (const { userId } of removed)
    await writeAudit(tx, {
      actor: { kind: "system" },
      action: "operator.remove",
      subject: { kind: "user", id: userId },
    });
  return removed.length > 0;
}
