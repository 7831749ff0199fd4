import {
  and,
  count,
  desc,
  eq,
  exists,
  gte,
  inArray,
  isNotNull,
  isNull,
  max,
  not,
  or,
  sql,
} from "drizzle-orm";
import {
  activationRequests,
  activations,
  connectionExports,
  connections,
  dataKeys,
  deliveryRows,
  evidenceDocuments,
  holds,
  integrations,
  offboardingSteps,
  offboardings,
  partners,
  sealedSecrets,
  specifications,
  unchangedSets,
  users,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readMain } from "@/lib/catalogue/integration/read-content";
import { sumByState } from "@/lib/connection/delivery/queries";
import { AppError } from "@/lib/core/app-error";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { countOnItsWay } from "./count-on-its-way";
import { issueDocument, type NamedPerson } from "./issue-document";
import type { Certificate } from "./schema";

const DAY_MS = 24 * 3_600_000;
type Steps = Certificate["steps"];

async function readEnded(tx: SystemTransaction, connectionId: string) {
  const [row] = await tx
    .select({
      offboarding: offboardings,
      connection: connections,
      activation: activations,
      integration: integrations,
      content: specifications.content,
      partner: partners.name,
      askedByEmail: users.email,
    })
    .from(offboardings)
    .innerJoin(connections, eq(connections.id, offboardings.connectionId))
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(specifications, eq(specifications.id, connections.specificationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(partners, eq(partners.id, connections.partnerId))
    .leftJoin(users, eq(users.id, offboardings.askedByUser))
    .where(eq(offboardings.connectionId, connectionId));
  if (!row) throw new AppError("not_found", "offboarding");
  return row;
}
type Ended = Awaited<ReturnType<typeof readEnded>>;

/** Owners of what is sealed for a connection. */
const SEALED_FOR_CONNECTION = ["connection", "connection_data", "connection_intake"] as const;

/** What of the connection can still be opened: the keys of its data keys, and sealed values. */
async function look(tx: SystemTransaction, connectionId: string): Promise<Certificate["looked"]> {
  const [keys] = await tx
    .select({ count: count() })
    .from(dataKeys)
    .where(and(inArray(dataKeys.ownerKind, [...SEALED_FOR_CONNECTION]), eq(dataKeys.ownerId, connectionId)));
  const [secrets] = await tx
    .select({ count: count() })
    .from(sealedSecrets)
    .where(
      and(
        inArray(sealedSecrets.ownerKind, [...SEALED_FOR_CONNECTION]),
        eq(sealedSecrets.ownerId, connectionId),
      ),
    );
  return { at: new Date().toISOString(), dataKeys: keys?.count ?? 0, secrets: secrets?.count ?? 0 };
}

async function listSteps(tx: SystemTransaction, connectionId: string): Promise<Steps> {
  const rows = await tx
    .select()
    .from(offboardingSteps)
    .where(eq(offboardingSteps.connectionId, connectionId))
    .orderBy(offboardingSteps.at, offboardingSteps.id);
  return rows.map(({ kind, at }) => ({ kind, at: at.toISOString() }));
}

async function listPauses(tx: SystemTransaction, connectionId: string): Promise<Certificate["pauses"]> {
  const rows = await tx
    .select()
    .from(holds)
    .where(and(eq(holds.connectionId, connectionId), eq(holds.kind, "pause")))
    .orderBy(holds.id);
  return rows.map(({ setBy, since, until, liftedAt }) => ({
    by: setBy,
    since: since.toISOString(),
    until: (liftedAt ?? until)?.toISOString() ?? null,
  }));
}

/** Exports that were there when the end was asked for. */
async function listExports(
  tx: SystemTransaction,
  connectionId: string,
  askedAt: Date,
): Promise<Pick<Certificate, "exports">> {
  const rows = await tx
    .select()
    .from(connectionExports)
    .where(
      and(
        eq(connectionExports.connectionId, connectionId),
        isNotNull(connectionExports.readyAt),
        or(isNull(connectionExports.goneAt), gte(connectionExports.goneAt, askedAt)),
      ),
    )
    .orderBy(connectionExports.id);
  if (rows.length === 0) return {};
  return {
    exports: rows.map(({ createdAt, endsAt, goneAt }) => ({
      askedAt: createdAt.toISOString(),
      endsAt: endsAt.toISOString(),
      goneAt: goneAt?.toISOString() ?? null,
    })),
  };
}

async function countRows(tx: SystemTransaction, connectionId: string): Promise<Certificate["rows"]> {
  const rows = await tx
    .select({ state: deliveryRows.state, count: count() })
    .from(deliveryRows)
    .where(eq(deliveryRows.connectionId, connectionId))
    .groupBy(deliveryRows.state);
  const [inSets] = await tx
    .select({
      count: sql<number>`coalesce(sum(count - cardinality(superseded)), 0)::int`,
      superseded: sql<number>`coalesce(sum(cardinality(superseded)), 0)::int`,
    })
    .from(unchangedSets)
    .where(and(eq(unchangedSets.connectionId, connectionId), isNotNull(unchangedSets.at)));
  return sumByState(
    [
      ...rows,
      { state: "unchanged" as const, count: inSets?.count ?? 0 },
      { state: "superseded" as const, count: inSets?.superseded ?? 0 },
    ].filter((one) => one.count > 0),
  );
}

function listPersons({ offboarding, askedByEmail }: Ended): NamedPerson[] {
  const { askedBy, askedByUser, reason } = offboarding;
  // Of the partner's people and the operator the customer reads no address: the side is enough.
  const isNamed = askedBy === "customer" && askedByEmail !== null;
  return [
    ...(isNamed ? [{ field: "askedBy" as const, value: askedByEmail, userId: askedByUser }] : []),
    ...(reason === null ? [] : [{ field: "reason" as const, value: reason, userId: askedByUser }]),
  ];
}

const timeOf = (steps: Steps, kind: string): string | null =>
  steps.find((step) => step.kind === kind)?.at ?? null;

function bodyOf(
  { offboarding, connection, activation, integration, content, partner }: Ended,
  destroyedAt: string,
  found: Pick<Certificate, "steps" | "looked" | "rows" | "onItsWay" | "exports" | "pauses" | "backups">,
) {
  const { keyFate, outcome, lastProbe, lastProbeAt, askedBy, createdAt } = offboarding;
  return {
    kind: "certificate" as const,
    partner,
    integration: { slug: integration.slug, name: readMain(content).name, stage: integration.stage },
    connector: pick(connectorOf(integration.connector)),
    connection: {
      id: connection.id,
      requestId: activation.requestId,
      activeSince: connection.createdAt.toISOString(),
    },
    environment: {
      externalId: activation.externalId,
      name: activation.environmentName,
      businessId: activation.businessId,
    },
    asked: { by: askedBy, at: createdAt.toISOString() },
    key: {
      source: connection.keySource,
      fate: keyFate,
      outcome: outcome ?? "not_proven",
      lastTry: lastProbe && lastProbeAt ? { result: lastProbe, at: lastProbeAt.toISOString() } : null,
    },
    held: [
      { what: "credential", since: connection.createdAt.toISOString(), destroyedAt },
      // The database destroys it in the transaction that ends the connection.
      { what: "carried_data", since: null, destroyedAt: createdAt.toISOString() },
    ],
    ...found,
  };
}

const pick = ({ id, name }: { id: string; name: string }) => ({ id, name });

/**
 * Signs what became of a connection that was ended, once its end is closed. Nothing is signed while anything of it still
 * opens, or a call that had left before the end is still on its way. Returns whether a certificate is there.
 */
export async function issueCertificate(
  context: WorkerContext,
  connectionId: string,
  revision = 1,
): Promise<boolean> {
  return asSystem(context, "issue certificate", async (tx) => {
    const ended = await readEnded(tx, connectionId);
    const { offboarding, activation, connection } = ended;
    const steps = await listSteps(tx, connectionId);
    const destroyedAt = timeOf(steps, "data_key_destroyed");
    if (offboarding.closedAt === null || destroyedAt === null) return false;
    const looked = await look(tx, connectionId);
    if (looked.dataKeys + looked.secrets > 0) {
      context.log.error({ connectionId, ...looked }, "a connection that was ended still has what opens");
      return false;
    }
    const stoppedAt = new Date(timeOf(steps, "calls_stopped") ?? destroyedAt);
    const { accountId, droppedFiles } = connection;
    const ends = { connectionId, accountId, stoppedAt, droppedFiles: droppedFiles ?? 0 };
    const onItsWay = await countOnItsWay(tx, ends, new Date());
    if (onItsWay === null) return false;
    const days = context.backupsKeptDays;
    const until = (kept: number): string => new Date(Date.parse(destroyedAt) + kept * DAY_MS).toISOString();
    await issueDocument(tx, context, {
      subjectId: connectionId,
      revision,
      requestId: activation.requestId,
      partnerId: connection.partnerId,
      accountId: connection.accountId,
      persons: listPersons(ended),
      body: bodyOf(ended, destroyedAt, {
        steps,
        looked,
        rows: await countRows(tx, connectionId),
        onItsWay,
        ...(await listExports(tx, connectionId, offboarding.createdAt)),
        pauses: await listPauses(tx, connectionId),
        backups: days === null ? null : { keptForDays: days, until: until(days) },
      }),
    });
    return true;
  });
}

const BATCH = 100;

/** Ends without a certificate, the newest first, of those closed since; null: of all that are closed. */
export async function listUncertified(tx: SystemTransaction, since: Date | null): Promise<string[]> {
  const certified = tx
    .select({ id: evidenceDocuments.id })
    .from(evidenceDocuments)
    .where(
      and(
        eq(evidenceDocuments.kind, "certificate"),
        eq(evidenceDocuments.subjectId, offboardings.connectionId),
      ),
    );
  const rows = await tx
    .select({ id: offboardings.connectionId })
    .from(offboardings)
    .where(
      and(
        since ? gte(offboardings.closedAt, since) : isNotNull(offboardings.closedAt),
        not(exists(certified)),
      ),
    )
    .orderBy(desc(offboardings.closedAt))
    .limit(BATCH);
  return rows.map(({ id }) => id);
}

/**
 * Certificates that name an export whose key is destroyed since, with the number of their next revision. Goes from the exports, of
 * which a month is kept, to their certificates by the index of subjects.
 */
export async function listOutdated(
  tx: SystemTransaction,
): Promise<{ connectionId: string; revision: number }[]> {
  const newest = tx
    .select({
      revision: max(evidenceDocuments.revision).as("revision"),
      issuedAt: max(evidenceDocuments.issuedAt).as("issued_at"),
    })
    .from(evidenceDocuments)
    .where(
      and(
        eq(evidenceDocuments.kind, "certificate"),
        eq(evidenceDocuments.subjectId, connectionExports.connectionId),
      ),
    )
    .as("newest");
  const rows = await tx
    .selectDistinct({ connectionId: connectionExports.connectionId, revision: newest.revision })
    .from(connectionExports)
    .innerJoinLateral(newest, sql`true`)
    .where(
      and(
        eq(connectionExports.state, "gone"),
        isNotNull(connectionExports.readyAt),
        sql`${connectionExports.goneAt} > ${newest.issuedAt}`,
      ),
    )
    .limit(BATCH);
  return rows.map(({ connectionId, revision }) => ({ connectionId, revision: (revision ?? 0) + 1 }));
}
