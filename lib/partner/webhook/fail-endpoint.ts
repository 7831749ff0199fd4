import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { partners, webhookEndpoints } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { DEFAULT_LOCALE } from "@/lib/core/locales";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { type QueuedMail, queueMail } from "@/lib/platform/outbox/queue-mail";
import { holdPending } from "./manage-endpoint";
import type { EndpointRow } from "./queries";
import { failingMailsDue } from "./rules";
import type { DisabledBecause } from "./schema";

export type FailingEndpoint = EndpointRow & { failingSince: Date; failingId: string };

/** Says of an endpoint since when its attempts fail, and queues the mails that are due by now. */
export async function noteFailing(
  tx: SystemTransaction,
  endpoint: EndpointRow,
  now: Date,
): Promise<FailingEndpoint> {
  const { failingSince, failingId } = endpoint;
  const failing = { failingSince: failingSince ?? now, failingId: failingId ?? randomUUID() };
  if (!failingSince)
    await tx.update(webhookEndpoints).set(failing).where(eq(webhookEndpoints.id, endpoint.id));
  for (const kind of failingMailsDue(failing.failingSince, now))
    await mailPartner(tx, kind, { ...endpoint, ...failing });
  return { ...endpoint, ...failing };
}

/** No more attempts: what is under way is held, and the partner is told. */
export async function disableEndpoint(
  tx: SystemTransaction,
  endpoint: FailingEndpoint,
  because: DisabledBecause,
): Promise<void> {
  await tx
    .update(webhookEndpoints)
    .set({ state: "disabled", disabledBecause: because, updatedAt: new Date() })
    .where(eq(webhookEndpoints.id, endpoint.id));
  await holdPending(tx, endpoint.id);
  await mailPartner(tx, "webhook_disabled", endpoint);
  await writeAudit(tx, {
    actor: { kind: "system" },
    partnerId: endpoint.partnerId,
    action: "webhook_endpoint.disable",
    subject: { kind: "webhook_endpoint", id: endpoint.id },
    detail: { because },
  });
}

async function mailPartner(
  tx: SystemTransaction,
  kind: QueuedMail["kind"],
  { partnerId, failingId }: FailingEndpoint,
): Promise<void> {
  const [partner] = await tx
    .select({ recipient: partners.notifyEmail })
    .from(partners)
    .where(eq(partners.id, partnerId));
  if (partner)
    await queueMail(tx, { kind, subjectId: failingId, partnerId, ...partner, locale: DEFAULT_LOCALE });
}
