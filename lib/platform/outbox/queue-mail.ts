import { randomUUID } from "node:crypto";
import { type MAIL_KINDS, outboxMails } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { enqueueEvent } from "./enqueue-event";

export type QueuedMail = {
  kind: (typeof MAIL_KINDS)[number];
  /** The request, grant, invitation or change of address that the mail is about: one mail of a kind each. */
  subjectId: string;
  accountId?: string;
  partnerId?: string;
  recipient: string;
  locale: string;
};

/** Queues a mail once per (subject, kind). Its Message-ID is fixed here, so that a second delivery is the same message. */
export async function queueMail(
  tx:
    | ScopedTransaction<"system">
    | ScopedTransaction<"customer">
    | ScopedTransaction<"partner">
    | ScopedTransaction<"operator">,
  mail: QueuedMail,
): Promise<void> {
  const rows = await tx
    .insert(outboxMails)
    .values({ ...mail, messageId: `<${mail.kind}.${mail.subjectId}.${randomUUID()}@kytkin>` })
    .onConflictDoNothing()
    .returning({ id: outboxMails.id });
  const id = rows[0]?.id;
  if (id) await enqueueEvent(tx, "mail/queued", { mailId: id });
}
