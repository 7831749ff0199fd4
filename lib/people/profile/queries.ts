import { and, count, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { activationRequests, connections, emailChanges, memberships } from "@/db/schema";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { sha256 } from "@/lib/core/hash";
import { maskEmail } from "@/lib/core/mask-email";
import type { Viewer } from "@/lib/people/account/schema";
import { listAccounts } from "@/lib/people/membership/queries";
import { OPEN_REQUEST_STATES } from "./rules";
import type { EmailChangeOffer, ErasureObstacle, ProfileView } from "./schema";

type Customer = ScopedTransaction<"customer">;

/** What the profile's page shows. */
export async function getProfile(database: Database, viewer: Viewer): Promise<ProfileView> {
  const pendingChange = await withScope(database, { kind: "customer", ...viewer }, (tx) =>
    findPendingChange(tx, viewer),
  );
  return { email: viewer.email, pendingChange, obstacles: await listErasureObstacles(database, viewer) };
}

async function findPendingChange(tx: Customer, viewer: Viewer): Promise<ProfileView["pendingChange"]> {
  const [change] = await tx
    .select({ email: emailChanges.newEmail, expiresAt: emailChanges.expiresAt })
    .from(emailChanges)
    .where(
      and(
        eq(emailChanges.userId, viewer.userId),
        isNull(emailChanges.endedAt),
        sql`${emailChanges.expiresAt} > now()`,
      ),
    );
  return change ? { email: change.email, expiresAt: change.expiresAt.toISOString() } : null;
}

/** What keeps the person from being erased: what lives in accounts where they are the only member. */
export async function listErasureObstacles(database: Database, viewer: Viewer): Promise<ErasureObstacle[]> {
  const accounts = await withScope(database, { kind: "auth" }, (tx) => listAccounts(tx, viewer));
  const obstacles: ErasureObstacle[] = [];
  for (const { id: accountId, name } of accounts) {
    const scope = { kind: "customer", accountId, userId: viewer.userId } as const;
    const found = await withScope(database, scope, countWhatLives);
    if (found.members === 1 && found.liveConnections + found.openRequests > 0)
      obstacles.push({
        accountName: name,
        liveConnections: found.liveConnections,
        openRequests: found.openRequests,
      });
  }
  return obstacles;
}

async function countWhatLives(tx: Customer) {
  const [members] = await tx.select({ count: count() }).from(memberships);
  const [live] = await tx
    .select({ count: count() })
    .from(connections)
    .where(ne(connections.state, "removed"));
  const [open] = await tx
    .select({ count: count() })
    .from(activationRequests)
    .where(inArray(activationRequests.state, [...OPEN_REQUEST_STATES]));
  return {
    members: members?.count ?? 0,
    liveConnections: live?.count ?? 0,
    openRequests: open?.count ?? 0,
  };
}

/** What a mail's link about a change of address stands for. Reads only. */
export async function findEmailChangeOffer(
  tx: Customer | ScopedTransaction<"public">,
  viewer: Viewer | null,
  token: string,
): Promise<EmailChangeOffer> {
  const [row] = await tx.execute<{
    kind: "confirm" | "undo";
    old_email: string;
    new_email: string;
    is_own: boolean;
  }>(sql`select * from kytkin.email_change_preview(${sha256(token)})`);
  if (!row) return { state: "unknown" };
  if (row.kind === "undo")
    return { state: "undo", oldEmail: row.old_email, maskedNewEmail: maskEmail(row.new_email) };
  return {
    state: "confirm",
    maskedOldEmail: maskEmail(row.old_email),
    newEmail: row.new_email,
    isOwn: viewer && row.is_own,
  };
}
