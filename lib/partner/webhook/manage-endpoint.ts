import { and, count, eq, gt, inArray, isNotNull, isNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { webhookDeliveries, webhookEndpoints, webhookSecrets } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { AuditAction, AuditDetails } from "@/lib/platform/audit/actions";
import { auditActorOf, type PartnerActor } from "@/lib/platform/audit/partner-actor";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { type OutgoingRules, parseTarget, RefusedTarget } from "@/lib/platform/outgoing/resolve-target";
import type { WebhookEventType } from "./events";
import { getEndpointRow } from "./queries";
import { ROTATION_MS } from "./rules";
import { addWebhookSecret } from "./secret";

type Partner = ScopedTransaction<"partner">;
const MAX_ENDPOINTS = 20;

export type EndpointChange = {
  url?: string | undefined;
  description?: string | undefined;
  eventTypes?: WebhookEventType[] | undefined;
  state?: "active" | "paused" | undefined;
};

/** Throws `invalid_input` for an address that is never called. What its name leads to is looked at before each call. */
function assertUrl(url: string, rules: OutgoingRules): void {
  try {
    parseTarget(url, rules);
  } catch (error) {
    if (error instanceof RefusedTarget) throw new AppError("invalid_input", `url: ${error.message}`);
    throw error;
  }
}

type EndpointAction = Extract<AuditAction, `webhook_endpoint.${string}`>;

const audit = <A extends EndpointAction>(
  tx: Partner,
  actor: PartnerActor,
  action: A,
  id: string,
  detail: AuditDetails[A],
): Promise<void> =>
  writeAudit<EndpointAction>(tx, {
    actor: auditActorOf(actor),
    partnerId: actor.partnerId,
    action,
    subject: { kind: "webhook_endpoint", id },
    detail,
  });

/** Gives the endpoint's id and its secret, which nothing shows again. Throws `conflict` beyond 20 endpoints of a stage. */
export async function createWebhookEndpoint(
  tx: Partner,
  actor: PartnerActor,
  endpoint: { url: string; description: string; eventTypes: WebhookEventType[] },
  rules: OutgoingRules,
): Promise<{ id: string; secret: string }> {
  assertUrl(endpoint.url, rules);
  const [existing] = await tx
    .select({ count: count() })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.stage, actor.stage));
  if ((existing?.count ?? 0) >= MAX_ENDPOINTS)
    throw new AppError("conflict", `there are ${MAX_ENDPOINTS} endpoints already; delete one first`);
  const { partnerId, stage } = actor;
  const id = uuidv7();
  await tx.insert(webhookEndpoints).values({ id, partnerId, stage, ...endpoint });
  const secret = await addWebhookSecret(tx, { id, partnerId });
  await audit(tx, actor, "webhook_endpoint.create", id, { host: new URL(endpoint.url).host });
  return { id, secret };
}

/** Pausing holds what is under way; an endpoint that was disabled begins afresh when it is made active. */
export async function updateWebhookEndpoint(
  tx: Partner,
  actor: PartnerActor,
  id: string,
  change: EndpointChange,
  rules: OutgoingRules,
): Promise<void> {
  await getEndpointRow(tx, actor, id);
  if (change.url !== undefined) assertUrl(change.url, rules);
  const afresh = { disabledBecause: null, failingSince: null, failingId: null };
  await tx
    .update(webhookEndpoints)
    .set({ ...change, ...(change.state ? afresh : {}), updatedAt: new Date() })
    .where(eq(webhookEndpoints.id, id));
  if (change.state === "paused") await holdPending(tx, id);
  await audit(tx, actor, "webhook_endpoint.update", id, { changed: Object.keys(change) });
}

/** What has yet to be sent waits for a replay. */
export async function holdPending(
  tx: Partner | ScopedTransaction<"system">,
  endpointId: string,
): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ state: "held", nextAttemptAt: null })
    .where(and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.state, "pending")));
}

/** With its secrets, deliveries and attempts. */
export async function deleteWebhookEndpoint(tx: Partner, actor: PartnerActor, id: string): Promise<void> {
  await getEndpointRow(tx, actor, id);
  await tx.delete(webhookEndpoints).where(eq(webhookEndpoints.id, id));
  await audit(tx, actor, "webhook_endpoint.delete", id, {});
}

/** A second secret beside the one that signs now, which signs for a day more. Throws `conflict` while two sign already. */
export async function rotateWebhookSecret(tx: Partner, actor: PartnerActor, id: string): Promise<string> {
  await getEndpointRow(tx, actor, id);
  const isOfEndpoint = eq(webhookSecrets.endpointId, id);
  const now = new Date();
  const [before] = await tx
    .update(webhookSecrets)
    .set({ expiresAt: new Date(now.getTime() + ROTATION_MS) })
    .where(and(isOfEndpoint, isNull(webhookSecrets.expiresAt)))
    .returning({ id: webhookSecrets.id });
  const { id: secretId, expiresAt } = webhookSecrets;
  const live = await tx
    .select({ id: secretId })
    .from(webhookSecrets)
    .where(and(isOfEndpoint, isNotNull(expiresAt), gt(expiresAt, now)));
  if (live.some((secret) => secret.id !== before?.id))
    throw new AppError("conflict", "two secrets sign already; rotate again when the former one has ended");
  const secret = await addWebhookSecret(tx, { id, partnerId: actor.partnerId });
  await audit(tx, actor, "webhook_endpoint.rotate_secret", id, {});
  return secret;
}

/** Ends the former secret of a rotation at once. */
export async function endFormerSecret(tx: Partner, actor: PartnerActor, id: string): Promise<void> {
  await getEndpointRow(tx, actor, id);
  const { endpointId, expiresAt } = webhookSecrets;
  const live = await tx
    .select({ id: webhookSecrets.id })
    .from(webhookSecrets)
    .where(and(eq(endpointId, id), isNotNull(expiresAt), gt(expiresAt, new Date())));
  if (live.length === 0) throw new AppError("conflict", "one secret signs; there is no former one to end");
  const ids = live.map((secret) => secret.id);
  await tx.update(webhookSecrets).set({ expiresAt: new Date() }).where(inArray(webhookSecrets.id, ids));
  await audit(tx, actor, "webhook_endpoint.end_former_secret", id, {});
}
