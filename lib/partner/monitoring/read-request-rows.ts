import { asc, eq } from "drizzle-orm";
import {
  activationRequests,
  activations,
  connections,
  integrations,
  outboxMails,
  specifications,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { findHolds } from "@/lib/connection/hold/queries";
import { AppError } from "@/lib/core/app-error";

type Partner = ScopedTransaction<"partner">;

/** What a request's page is made of, as rows. */
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
  };
}
