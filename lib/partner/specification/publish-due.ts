import { and, asc, eq, gt, isNull, lte } from "drizzle-orm";
import { partners, specificationReviews, specifications } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { DEFAULT_LOCALE } from "@/lib/core/locales";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { queueMail } from "@/lib/platform/outbox/queue-mail";

const BATCH = 100;

/**
 * Publishes an approved version whose time has come, and tells the partner by mail. A version that is older than the published one is
 * refused: customers would be led back. The lock of the version's row makes it once. Returns the time of a version that still waits.
 */
export async function publishDue(
  tx: SystemTransaction,
  specificationId: string,
  now: Date,
): Promise<Date | null> {
  const [row] = await tx
    .select({
      version: specifications,
      publishAt: specificationReviews.publishAt,
      refused: specificationReviews.publishRefused,
      reviewEmail: partners.reviewEmail,
      notifyEmail: partners.notifyEmail,
    })
    .from(specifications)
    .innerJoin(specificationReviews, eq(specificationReviews.specificationId, specifications.id))
    .innerJoin(partners, eq(partners.id, specifications.partnerId))
    .where(and(eq(specifications.id, specificationId), eq(specifications.state, "approved")))
    .for("update", { of: [specifications, specificationReviews] });
  if (!row?.publishAt || row.refused !== null) return null;
  if (row.publishAt > now) return row.publishAt;
  const { id, partnerId, integrationId, version } = row.version;
  const isPublished = and(
    eq(specifications.integrationId, integrationId),
    eq(specifications.state, "published"),
  );
  const [newer] = await tx
    .select({ id: specifications.id })
    .from(specifications)
    .where(and(isPublished, gt(specifications.version, version)));
  if (newer) {
    await tx
      .update(specificationReviews)
      .set({ publishRefused: "newer_published" })
      .where(eq(specificationReviews.specificationId, id));
  } else {
    await tx.update(specifications).set({ state: "deprecated" }).where(isPublished);
    await tx
      .update(specifications)
      .set({ state: "published", publishedAt: now })
      .where(eq(specifications.id, id));
    await enqueueEvent(tx, "specification/published", { specificationId: id });
  }
  const entry = { partnerId, subject: { kind: "specification", id } };
  await writeAudit(
    tx,
    newer
      ? {
          ...entry,
          actor: { kind: "system" },
          action: "specification.publish",
          outcome: "refused",
          detail: { code: "conflict" },
        }
      : { ...entry, actor: { kind: "system" }, action: "specification.publish" },
  );
  await queueMail(tx, {
    kind: newer ? "specification_not_published" : "specification_published",
    subjectId: id,
    partnerId,
    recipient: row.reviewEmail ?? row.notifyEmail,
    locale: DEFAULT_LOCALE,
  });
  return null;
}

/** Publishes what is due and whose job was lost. Returns how many it looked at. */
export async function sweepPublications(tx: SystemTransaction, now: Date): Promise<number> {
  const due = await tx
    .select({ id: specificationReviews.specificationId })
    .from(specificationReviews)
    .innerJoin(specifications, eq(specifications.id, specificationReviews.specificationId))
    .where(
      and(
        eq(specifications.state, "approved"),
        lte(specificationReviews.publishAt, now),
        isNull(specificationReviews.publishRefused),
      ),
    )
    .orderBy(asc(specificationReviews.publishAt))
    .limit(BATCH);
  for (const { id } of due) await publishDue(tx, id, now);
  return due.length;
}
