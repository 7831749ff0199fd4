import { desc, eq } from "drizzle-orm";
import { type activationRequests, memberships, users } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";

type Request = Pick<
  typeof activationRequests.$inferSelect,
  "accountId" | "submittedBy" | "notifiedEmail" | "locale"
>;

/**
 * Who is told of a request's end: the one who is to be notified, as long as they are in the account, else the one who has
 * been there longest. Its mail names companies, and somebody has to get it. null: the account has nobody left.
 */
export async function findRecipient(
  tx: ScopedTransaction<"system"> | ScopedTransaction<"customer">,
  { accountId, submittedBy, notifiedEmail, locale }: Request,
): Promise<{ recipient: string; locale: string } | null> {
  const [member] = await tx
    .select({ recipient: users.email, locale: users.locale })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.accountId, accountId))
    .orderBy(
      desc(eq(users.email, notifiedEmail)),
      // Whose address changed as they submitted may be noted by the former one.
      desc(eq(users.id, submittedBy)),
      memberships.createdAt,
      users.email,
    )
    .limit(1);
  if (!member) return null;
  return member.recipient === notifiedEmail ? { ...member, locale } : member;
}
