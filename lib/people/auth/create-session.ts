import type { Database } from "@/db/client";
import { sessions } from "@/db/schema";
import { withScope } from "@/db/scope";
import { sha256 } from "@/lib/core/hash";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/** Stores a new session by the hash of its token. */
export async function createSession(
  database: Database,
  session: { token: string; userId: string; expiresAt: Date },
): Promise<void> {
  await withScope(database, { kind: "auth" }, async (tx) => {
    const [row] = await tx
      .insert(sessions)
      .values({ tokenHash: sha256(session.token), userId: session.userId, expiresAt: session.expiresAt })
      .returning({ id: sessions.id });
    await writeAudit(tx, {
      actor: { kind: "user", userId: session.userId },
      action: "session.create",
      subject: { kind: "session", id: row?.id },
    });
  });
}
