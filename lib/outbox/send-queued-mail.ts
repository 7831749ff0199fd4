import { and, eq, sql } from "drizzle-orm";
import { outboxMails } from "@/db/schema";
import type { RenderedMail } from "@/emails/sign-in-mail";
import type { Mailer } from "@/lib/mail/send-mail";
import { openTask } from "@/lib/task/keep-task";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import { composeMail } from "./compose-mail";

/**
 * Sends one queued mail and marks it sent. When the mark is lost after the sending, it is sent again with the same
 * Message-ID. Throws when the mail server does not take it, for the job to try again.
 */
export async function sendQueuedMail(
  context: WorkerContext,
  mailer: Mailer,
  mailId: string,
): Promise<"sent" | "nothing"> {
  const [mail] = await asSystem(context, "read mail", (tx) =>
    tx.select().from(outboxMails).where(eq(outboxMails.id, mailId)),
  );
  if (!mail || mail.state === "sent") return "nothing";
  const composed: (RenderedMail & { replyTo?: string }) | null = await composeMail(context, mail);
  if (!composed) {
    // What it was about has moved on; nothing is left to say.
    await giveUpMail(context, mailId, "nothing left to say");
    return "nothing";
  }
  try {
    await mailer.sendMail({ ...composed, to: mail.recipient, messageId: mail.messageId });
  } catch (error) {
    const said = error instanceof Error ? error.message.slice(0, 300) : "unknown";
    await asSystem(context, "mark mail", (tx) =>
      tx
        .update(outboxMails)
        .set({ tries: sql`${outboxMails.tries} + 1`, lastError: said })
        .where(eq(outboxMails.id, mailId)),
    );
    throw error;
  }
  await asSystem(context, "mark mail", (tx) =>
    tx
      .update(outboxMails)
      .set({ state: "sent", sentAt: new Date(), tries: sql`${outboxMails.tries} + 1`, lastError: null })
      .where(eq(outboxMails.id, mailId)),
  );
  return "sent";
}

/** Nobody takes the mail, however often it was tried: the status page says that it is late, and the row says why. */
export async function giveUpMail(context: WorkerContext, mailId: string, because: string): Promise<void> {
  context.log.error({ mailId, because }, "a mail was given up");
  await asSystem(context, "give up mail", async (tx) => {
    const givenUp = await tx
      .update(outboxMails)
      .set({ state: "failed" })
      .where(and(eq(outboxMails.id, mailId), eq(outboxMails.state, "queued")))
      .returning({ id: outboxMails.id });
    for (const { id } of givenUp) await openTask(tx, { kind: "mail_failed", subjectId: id });
  });
}
