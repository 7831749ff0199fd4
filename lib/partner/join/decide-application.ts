import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { isUniqueViolation } from "@/db/errors";
import { partnerApplications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { queueMail } from "@/lib/platform/outbox/queue-mail";

type Operator = ScopedTransaction<"operator">;

/** The open application with its person's address. Throws `not_found`, or `conflict` when it was decided. */
async function getOpen(tx: Operator, applicationId: string) {
  const [row] = await tx
    .select({
      state: partnerApplications.state,
      locale: partnerApplications.locale,
      email: sql<string | null>`kytkin.applicant_email(${partnerApplications.id})`,
    })
    .from(partnerApplications)
    .where(eq(partnerApplications.id, applicationId));
  if (!row) throw new AppError("not_found", "application");
  if (row.state !== "open") throw new AppError("conflict", "the application is decided already");
  return row;
}

/**
 * Makes a partner of the organization that asked, with its person as the owner, and tells the person by mail. Throws
 * `not_found`, `conflict` when another operator was faster, and `invalid_input` when the slug is taken.
 */
export async function acceptApplication(
  tx: Operator,
  operator: Viewer,
  { applicationId, slug }: { applicationId: string; slug: string },
): Promise<void> {
  const { email, locale } = await getOpen(tx, applicationId);
  const partnerId = uuidv7();
  const [made] = await tx
    .execute<{ id: string | null }>(
      sql`select kytkin.accept_partner_application(${applicationId}::uuid, ${partnerId}::uuid, ${slug}) as id`,
    )
    .catch((error: unknown) => {
      if (isUniqueViolation(error, "partners_slug_key"))
        throw new AppError("invalid_input", "the slug is taken");
      throw error;
    });
  if (!made?.id) throw new AppError("conflict", "the application is decided already");
  await tell(tx, operator, { applicationId, email, locale, outcome: "accepted" });
}

/** Refuses with a reason, which the person is mailed. Throws `not_found` or `conflict`. */
export async function refuseApplication(
  tx: Operator,
  operator: Viewer,
  { applicationId, reason }: { applicationId: string; reason: string },
): Promise<void> {
  const { email, locale } = await getOpen(tx, applicationId);
  const refused = await tx
    .update(partnerApplications)
    .set({ state: "refused", reason, decidedBy: operator.userId, decidedAt: new Date() })
    .where(and(eq(partnerApplications.id, applicationId), eq(partnerApplications.state, "open")))
    .returning({ id: partnerApplications.id });
  if (refused.length === 0) throw new AppError("conflict", "the application is decided already");
  await tell(tx, operator, { applicationId, email, locale, outcome: "refused" });
}

async function tell(
  tx: Operator,
  operator: Viewer,
  decided: {
    applicationId: string;
    email: string | null;
    locale: string;
    outcome: "accepted" | "refused";
  },
): Promise<void> {
  const { applicationId: subjectId, email, locale, outcome } = decided;
  if (email)
    await queueMail(tx, { kind: `partner_application_${outcome}`, subjectId, recipient: email, locale });
  await writeAudit(tx, {
    actor: { kind: "user", userId: operator.userId },
    action: outcome === "accepted" ? "partner_application.accept" : "partner_application.refuse",
    subject: { kind: "partner_application", id: subjectId },
  });
}
