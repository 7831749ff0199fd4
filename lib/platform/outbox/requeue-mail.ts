import { and, eq } from "drizzle-orm";
import { outboxMails } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { enqueueEvent } from "./enqueue-event";

/** Queues a mail anew that was given up. Throws `conflict` when it is in any other state. */
export async function requeueMail(
  tx: ScopedTransaction<"operator"> | ScopedTransaction<"partner">,
  mailId: string,
): Promise<void> {
  const requeued = await tx
    .update(outboxMails)
    .set({ state: "queued" })
    .where(and(eq(outboxMails.id, mailId), eq(outboxMails.state, "failed")))
    .returning({ id: outboxMails.id });
  if (requeued.length === 0) throw new AppError("conflict", "the mail is not one that failed");
  await enqueueEvent(tx, "mail/queued", { mailId });
}
