import { eq } from "drizzle-orm";
import { sessions } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

/** Signs the person out everywhere and has the worker erase them: the web process may not touch what it has to. */
export async function askForErasure(tx: ScopedTransaction<"customer">, viewer: Viewer): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, viewer.userId));
  await enqueueEvent(tx, "person/erasure.wanted", { userId: viewer.userId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    action: "person.erasure_request",
    subject: { kind: "user", id: viewer.userId },
  });
}
