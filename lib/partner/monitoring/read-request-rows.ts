import { asc, eq, inArray } from "drizzle-orm";
import {
  activationRequests,
  activations,
  apiKeys,
  connections,
  integrations,
  offboardingSteps,
  outboxMails,
  requestNotes,
  specifications,
  users,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { findHolds } from "@/lib/connection/hold/queries";
import { AppError } from "@/lib/core/app-error";

type Partner = ScopedTransaction<"partner">;

/** What a request's page and its timeline are made of, as rows. */
export type RequestRows = Awaited<ReturnType<typeof readRows>>;

/** Throws `not_found` for another partner's request. */
export async function readRows(tx: Partner, requestId: string) {
  const [row] = await tx
    .select({
      request: activationRequests,
      content: specifications.content,
      version: specifications.version,
      connector: integrations.connector,
      stage: integrations.stage,
    })
    .from(activationRequests)
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .where(eq(activationRequests.id, requestId));
  if (!row) throw new AppError("not_found", "activation request");
  const environments = await tx
    .select({ activation: activations, connection: connections })
    .from(activations)
    .leftJoin(connections, eq(connections.activationId, activations.id))
    .where(eq(activations.requestId, requestId))
    .orderBy(asc(activations.environmentName), asc(activations.externalId));
  const connectionIds = environments.flatMap(({ connection }) => (connection ? [connection.id] : []));
  return {
    ...row,
    environments,
    holds: await findHolds(tx, connectionIds),
    steps: connectionIds.length
      ? await tx.select().from(offboardingSteps).where(inArray(offboardingSteps.connectionId, connectionIds))
      : [],
    mails: await tx
      .select({
        id: outboxMails.id,
        kind: outboxMails.kind,
        recipientMasked: outboxMails.recipientMasked,
        state: outboxMails.state,
        lastTriedAt: outboxMails.lastTriedAt,
        sentAt: outboxMails.sentAt,
        createdAt: outboxMails.createdAt,
      })
      .from(outboxMails)
      .where(eq(outboxMails.subjectId, requestId))
      .orderBy(asc(outboxMails.id)),
    notes: await tx
      .select({
        id: requestNotes.id,
        body: requestNotes.body,
        createdAt: requestNotes.createdAt,
        author: users.email,
      })
      .from(requestNotes)
      .leftJoin(users, eq(users.id, requestNotes.authorId))
      .where(eq(requestNotes.requestId, requestId))
      .orderBy(asc(requestNotes.id)),
    decider: await nameDecider(tx, row.request.decidedBy),
  };
}

/** Who decided, as colleagues know them: an address, or the name of an API key. null for a form, and for former members. */
async function nameDecider(tx: Partner, decidedBy: string | null): Promise<string | null> {
  const [kind, id = ""] = decidedBy?.split(":") ?? [];
  if (kind === "user") {
    const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, id));
    return user?.email ?? null;
  }
  if (kind !== "api_key") return null;
  const [key] = await tx.select({ name: apiKeys.name }).from(apiKeys).where(eq(apiKeys.id, id));
  return key?.name ?? null;
}
