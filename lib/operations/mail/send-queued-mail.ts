import { and, eq, sql } from "drizzle-orm";
import { outboxMails } from "@/db/schema";
import type { RenderedMail } from "@/emails/sign-in-mail";
import { describeDeliveryFailure } from "@/lib/platform/mail/delivery-failure";
import type { Mailer } from "@/lib/platform/mail/send-mail";
import { closeTask, openTask } from "@/lib/platform/task/open-task";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { composeMail } from "./compose-mail";

/**
 * Sends one queued mail and marks it sent. When the mark is lost after the sending, it is sent again with the same
 * Message-ID. A refusal for good is the end of it; passing trouble is thrown, in masked words, for the job to try again.
 */
export async function sendQueuedMail(
  context: WorkerContext,
  mailer: Mailer,
  mailId: string,
): Promise<"sent" | "failed" | "nothing"> {
  const [mail] = await asSystem(context, "read mail", (tx) =>
    tx.select().from(outboxMails).where(eq(outboxMails.id, mailId)),
  );
  if (mail?.state !== "queued") return "nothing";
  const composed: (RenderedMail & { replyTo?: string }) | null = await composeMail(context, mail);
  if (!composed) {
    await dropMail(context, mailId);
    return "nothing";
  }
  try {
    await mailer.sendMail({ ...composed, to: mail.recipient, messageId: mail.messageId });
  } catch (error) {
    const { isFinal, said } = describeDeliveryFailure(error);
    await noteTry(context, mailId, said);
    if (!isFinal) throw new Error(`The mail server did not take the mail: ${said}`);
    await giveUpMail(context, mailId, said);
    return "failed";
  }
  await markSent(context, mailId);
  return "sent";
}

async function noteTry(context: WorkerContext, mailId: string, said: string): Promise<void> {
  await asSystem(context, "mark mail", (tx) =>
    tx
      .update(outboxMails)
      .set({ tries: sql`${outboxMails.tries} + 1`, lastTriedAt: new Date(), lastError: said })
      .where(eq(outboxMails.id, mailId)),
  );
}

async function markSent(context: WorkerContext, mailId: string): Promise<void> {
  const now = new Date();
  await asSystem(context, "mark mail", async (tx) => {
    await tx
      .update(outboxMails)
      .set({
        state: "sent",
        sentAt: now,
        lastTriedAt: now,
        tries: sql`${outboxMails.tries} + 1`,
        lastError: null,
      })
      .where(eq(outboxMails.id, mailId));
    await closeTask(tx, "mail_failed", mailId);
  });
}

/** What it was about has moved on; nothing is left to say. */
async function dropMail(context: WorkerContext, mailId: string): Promise<void> {
  await asSystem(context, "drop mail", async (tx) => {
    await tx.update(outboxMails).set({ state: "dropped" }).where(eq(outboxMails.id, mailId));
    await closeTask(tx, "mail_failed", mailId);
  });
}

/** Nobody takes the mail: the status page tells the customer, a task the operator. */
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
