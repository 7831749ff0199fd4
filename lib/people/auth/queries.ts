import { and, desc, eq, getTableColumns, gt, or, sql } from "drizzle-orm";
import { memberships, operators, sessions, signInTokens, users } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { sha256 } from "@/lib/core/hash";
import { maskEmail } from "@/lib/core/mask-email";
import type { Session, SignInLinkView, WaitingSignIn } from "./schema";

type AuthTransaction = ScopedTransaction<"auth">;

/** A live session with its user, by the cookie's token. The account is the active one, or the oldest the user is still in; null when there is none. */
export async function findSession(
  tx: AuthTransaction,
  token: string,
): Promise<(Omit<Session, "accountId"> & { accountId: string | null }) | null> {
  const [session] = await tx
    .select({
      userId: users.id,
      email: users.email,
      accountId: memberships.accountId,
      sessionId: sessions.id,
      locale: users.locale,
      isOperator: sql<boolean>`exists (select from ${operators} where ${operators.userId} = ${users.id})`,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(memberships, eq(memberships.userId, users.id))
    .where(and(eq(sessions.tokenHash, sha256(token)), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(
      sql`coalesce(${memberships.accountId} = ${users.activeAccountId}, false) desc`,
      memberships.createdAt,
    )
    .limit(1);
  return session ?? null;
}

export async function findUser(
  tx: AuthTransaction,
  by: { id: string } | { email: string },
): Promise<{ id: string; email: string } | null> {
  const [user] = await tx
    .select({ id: users.id, email: users.email })
    .from(users)
    .where("id" in by ? eq(users.id, by.id) : eq(users.email, by.email.toLowerCase()));
  return user ?? null;
}

/** What a link is about, while it works. Reads only: mail scanners open links. */
export async function findSignInLink(
  tx: AuthTransaction,
  tokenHash: string,
  browserId: string | undefined,
): Promise<SignInLinkView> {
  const [row] = await tx
    .select({ ...getTableColumns(signInTokens), isExpired: sql<boolean>`${signInTokens.expiresAt} <= now()` })
    .from(signInTokens)
    .where(eq(signInTokens.tokenHash, tokenHash));
  if (!row) return { state: "link_unknown" };
  const { callbackPath } = row;
  if (row.usedAt) return { state: "link_used", callbackPath };
  if (row.isExpired) return { state: "link_expired", callbackPath };
  return {
    state: "open",
    maskedEmail: maskEmail(row.email),
    userAgent: row.userAgent,
    requestedAt: row.createdAt,
    isAskingBrowser: browserId !== undefined && sha256(browserId) === row.browserHash,
  };
}

/** What the request of a link or code of any age was made for. */
export async function findPurpose(
  tx: AuthTransaction,
  hash: string,
): Promise<{ callbackPath: string; acceptanceHash: string | null } | null> {
  const [row] = await tx
    .select({ callbackPath: signInTokens.callbackPath, acceptanceHash: signInTokens.acceptanceHash })
    .from(signInTokens)
    .where(or(eq(signInTokens.tokenHash, hash), eq(signInTokens.codeHash, hash)));
  return row ?? null;
}

/** The newest request of a browser, for its waiting tab. */
export async function findWaitingSignIn(
  tx: AuthTransaction,
  browserId: string,
): Promise<WaitingSignIn | null> {
  const [row] = await tx
    .select({
      email: signInTokens.email,
      acceptanceHash: signInTokens.acceptanceHash,
      callbackPath: signInTokens.callbackPath,
      isUsed: sql<boolean>`${signInTokens.usedAt} is not null`,
      isExpired: sql<boolean>`${signInTokens.expiresAt} <= now()`,
      codeTriesLeft: signInTokens.codeTriesLeft,
    })
    .from(signInTokens)
    .where(eq(signInTokens.browserHash, sha256(browserId)))
    .orderBy(desc(signInTokens.createdAt), desc(signInTokens.id))
    .limit(1);
  return row ?? null;
}
