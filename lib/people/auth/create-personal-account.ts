import { eq } from "drizzle-orm";
import { accounts, memberships, users } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/**
 * Gives a person an account of their own: at first sign-in, and again when they are in no other any more. Returns its id,
 * or that of the one that another request made a moment ago.
 */
export async function createPersonalAccount(
  tx: ScopedTransaction<"auth"> | ScopedTransaction<"system">,
  user: { id: string; email: string },
): Promise<string> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, user.id)).for("update");
  const [membership] = await tx
    .select({ accountId: memberships.accountId })
    .from(memberships)
    .where(eq(memberships.userId, user.id))
    .limit(1);
  if (membership) return membership.accountId;
  const [account] = await tx.insert(accounts).values({ name: user.email }).returning({ id: accounts.id });
  if (!account) throw new Error("The account was not created.");
  await tx.insert(memberships).values({ accountId: account.id, userId: user.id });
  await tx.update(users).set({ activeAccountId: account.id }).where(eq(users.id, user.id));
  await writeAudit(tx, {
    actor: { kind: "user", userId: user.id },
    accountId: account.id,
    action: "account.create",
    subject: { kind: "account", id: account.id },
  });
  return account.id;
}
