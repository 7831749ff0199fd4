import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray } from "drizzle-orm";
import { activations, connections, integrations, offboardingSteps, offboardings } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { isLive, LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import type { ConnectionActor } from "@/lib/connection/lifecycle/schema";
import { beginOffboardings } from "@/lib/connection/offboarding/begin-offboarding";
import { AppError } from "@/lib/core/app-error";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import type { EndExtent, EndedView, EndPreview } from "./schema";

type Partner = ScopedTransaction<"partner">;
type Asker = Extract<ConnectionActor, { by: "partner" }> | { by: "partner"; userId: string };

/** Live connections of the same customer in the same stage, the one that is asked about among them. Throws `not_found` for another partner's. */
async function readCustomer(tx: Partner, connectionId: string) {
  const [own] = await tx
    .select({ accountId: connections.accountId, stage: integrations.stage })
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(eq(connections.id, connectionId));
  if (!own) throw new AppError("not_found", "connection");
  const rows = await tx
    .select({
      id: connections.id,
      state: connections.state,
      isActivating: eq(activations.state, "activating").mapWith(Boolean),
      company: activations.environmentName,
      businessId: activations.businessId,
      integration: integrations.slug,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(
      and(
        eq(connections.accountId, own.accountId),
        eq(integrations.stage, own.stage),
        inArray(connections.state, [...LIVE_STATES]),
      ),
    )
    .orderBy(asc(activations.environmentName), asc(connections.id));
  return { ...own, rows };
}

/** What an end of this connection, and of everything of its customer, would end. Throws `not_found`, `conflict` when it has ended. */
export async function previewEnd(tx: Partner, connectionId: string): Promise<EndPreview> {
  const { rows } = await readCustomer(tx, connectionId);
  const connection = rows.find(({ id }) => id === connectionId);
  if (!connection) throw new AppError("conflict", "the connection was ended already");
  const live = rows.filter(({ isActivating }) => !isActivating);
  return { connection, live, activating: rows.length - live.length };
}

type Wanted = {
  connectionId: string;
  extent: EndExtent;
  reason: string;
  /** How many the person or program has seen in the preview. */
  expected: number;
};

/**
 * Ends one connection of the partner's, or all of its customer. What is still being activated stays, and is for another asking. Throws
 * `not_found`, and `conflict` when nothing is left to end, or when the list is not the one that was seen.
 */
export async function endConnections(
  tx: Partner,
  asker: Asker,
  partnerId: string,
  { connectionId, extent, reason, expected }: Wanted,
): Promise<{ askId: string; connectionIds: string[] }> {
  const { accountId, rows } = await readCustomer(tx, connectionId);
  const wanted = rows.filter(({ id }) => extent === "customer" || id === connectionId);
  const live = wanted.filter(({ isActivating }) => !isActivating);
  if (wanted.length === 0) throw new AppError("conflict", "it was ended already");
  if (live.length === 0) throw new AppError("conflict", "the connection is still being activated");
  if (live.length !== expected) throw new AppError("conflict", `there are ${live.length} connections now`);
  const askId = randomUUID();
  const ids = live.map(({ id }) => id);
  const stopped = await beginOffboardings(tx, ids, { askId, reason, asker });
  if (stopped.length === 0) throw new AppError("conflict", "it was ended already");
  const actor =
    "keyId" in asker
      ? ({ kind: "api_key", keyId: asker.keyId } as const)
      : ({ kind: "user", userId: asker.userId } as const);
  for (const { connectionId: id } of stopped)
    await writeAudit(tx, {
      actor,
      partnerId,
      accountId,
      action: "connection.deactivate",
      subject: { kind: "connection", id },
    });
  return { askId, connectionIds: stopped.map((one) => one.connectionId) };
}

/** As `endConnections`, by a member. Throws `forbidden` too. */
export async function endInConsole(tx: Partner, member: PartnerMember, wanted: Wanted): Promise<string> {
  assertMay(member, "connections.end");
  const asker = { by: "partner", userId: member.userId } as const;
  return (await endConnections(tx, asker, member.partnerId, wanted)).askId;
}

/** How far the end of what was asked for at once has come. Throws `not_found`. */
export async function getEnded(tx: Partner, askId: string): Promise<EndedView> {
  const rows = await tx
    .select({
      id: connections.id,
      state: connections.state,
      company: activations.environmentName,
      businessId: activations.businessId,
      integration: integrations.slug,
      requestId: activations.requestId,
      reason: offboardings.reason,
      askedAt: offboardings.createdAt,
      keyFate: offboardings.keyFate,
      outcome: offboardings.outcome,
    })
    .from(offboardings)
    .innerJoin(connections, eq(connections.id, offboardings.connectionId))
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(eq(offboardings.askId, askId))
    .orderBy(asc(activations.environmentName), asc(connections.id));
  const [first] = rows;
  if (!first) throw new AppError("not_found", "asking");
  const stopped = await tx
    .select({ id: offboardingSteps.connectionId })
    .from(offboardingSteps)
    .innerJoin(offboardings, eq(offboardings.connectionId, offboardingSteps.connectionId))
    .where(and(eq(offboardings.askId, askId), eq(offboardingSteps.kind, "calls_stopped")));
  const isStopped = new Set(stopped.map(({ id }) => id));
  return {
    reason: first.reason,
    askedAt: first.askedAt.toISOString(),
    connections: rows.map(({ id, company, businessId, integration, requestId, state, keyFate, outcome }) => ({
      id,
      company,
      businessId,
      integration,
      requestId,
      progress:
        outcome !== null || !(isLive(state) || state === "offboarding")
          ? "closed"
          : keyFate === "left_to_customer"
            ? "left_to_customer"
            : isStopped.has(id)
              ? "stopped"
              : "asked",
    })),
  };
}
