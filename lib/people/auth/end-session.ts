import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sessions } from "@/db/schema";
import { withScope } from "@/db/scope";
import { sha256 } from "@/lib/core/hash";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/** Ends one session; nothing happens when it has ended before. */
export async function endSession(database: Database, token: string): Promise<void> {
  await withScope(database, { kind: "auth" }, async (tx) => {
    const [ended] = await tx
      .delete(sessions)
      .where(eq(sessions.tokenHash, sha256(token)))
      .returning({ id: sessions.id, userId: sessions.userId });
    if (!ended) return;
    await writeAudit(tx, {
      actor: { kind: "user", userId: ended.userId },
      action: "session.end",
      subject: { kind: "session", id: ended.id },
    });
  });
}

/** Ends every session of a user, on all devices. */
export async function endAllSessions(database: Database, userId: string): Promise<void> {
  await withScope(database, { kind: "auth" }, async (tx) => {
    const ended = await tx.delete(sessions).where(eq(sessions.userId, userId)).returning({ id: sessions.id });
    await writeAudit(tx, {
      actor: { kind: "user", userId },
      action: "session.end_all",
      subject: { kind: "user", id: userId },
      detail: { count: ended.length },
    });
  });
}
