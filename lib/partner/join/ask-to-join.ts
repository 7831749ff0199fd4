import { and, eq } from "drizzle-orm";
import { partnerApplications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import type { ApplicationInput } from "./schema";

/**
 * Asks the operator to make a partner of an organization, in the name of the signed-in person, who is mailed that the
 * request came in. Throws `conflict` while an earlier request of the same person is open.
 */
export async function askToJoin(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  input: ApplicationInput,
): Promise<void> {
  const isOwnOpen = and(eq(partnerApplications.userId, viewer.userId), eq(partnerApplications.state, "open"));
  const [open] = await tx.select({ id: partnerApplications.id }).from(partnerApplications).where(isOwnOpen);
  if (open) throw new AppError("conflict", "a request is open already");
  const [row] = await tx
    .insert(partnerApplications)
    .values({ ...input, userId: viewer.userId, locale: viewer.locale })
    .onConflictDoNothing()
    .returning({ id: partnerApplications.id });
  if (!row) throw new AppError("conflict", "a request is open already");
  await queueMail(tx, {
    kind: "partner_application_received",
    subjectId: row.id,
    accountId: viewer.accountId,
    recipient: viewer.email,
    locale: viewer.locale,
  });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    action: "partner_application.create",
    subject: { kind: "partner_application", id: row.id },
  });
}
