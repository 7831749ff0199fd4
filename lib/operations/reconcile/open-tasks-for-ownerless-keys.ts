import { and, eq, inArray, isNotNull, not, or, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import {
  applicationTrials,
  connectionExports,
  connections,
  dataKeys,
  evidenceKeys,
  grants,
  intakeHostKeys,
  intakeKeys,
  SEALED_OWNERS,
  sealedSecrets,
  tasks,
  vendorApplications,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { SealedOwner } from "@/lib/platform/seal/data-key";
import { destroySecrets } from "@/lib/platform/seal/secrets";
import { closeTask, openTask } from "@/lib/platform/task/open-task";
import { listOpenSubjects } from "./open-subjects";

/** The key of a connection that was ended may still be tried at the vendor for some weeks, to see that it is dead. */
const REMOVED_KEEPS_ITS_KEY = "40 days";

type OwnedKey = { kind: SealedOwner["kind"]; id: string };

/**
 * Data keys whose owner is gone or has ended. A consent of which every key is decided about has no use for its copies: they
 * are destroyed. Anything else may be a key that works at the vendor, and is named; once a person has resolved
 * that, the copy is destroyed. Returns how many owners were found.
 */
export async function openTasksForOwnerlessKeys(tx: SystemTransaction, now: Date): Promise<number> {
  for (const owner of await listDecidedConsents(tx)) await destroySecrets(tx, owner);
  const ownerless = await listOwnerless(tx, now);
  for (const owner of ownerless) await nameOrDestroy(tx, owner);
  await closeMended(tx, ownerless);
  return ownerless.length;
}

async function listDecidedConsents(tx: SystemTransaction): Promise<OwnedKey[]> {
  const rows = await tx
    .select({ id: dataKeys.ownerId })
    .from(dataKeys)
    .where(
      and(
        eq(dataKeys.ownerKind, "grant"),
        sql`exists (select from grants g where g.id = ${dataKeys.ownerId} and g.state in ('used', 'released', 'expired', 'refused'))`,
        sql`exists (select from candidates c where c.grant_id = ${dataKeys.ownerId})`,
        sql`not exists (select from candidates c where c.grant_id = ${dataKeys.ownerId} and c.key_state = 'held')`,
      ),
    );
  return rows.map(({ id }) => ({ kind: "grant", id }));
}

/** Whether the owner of a data key is there and has not ended, by its kind: a kind that is missing here does not compile. */
const livingOwners = (now: Date): Record<SealedOwner["kind"], SQL> => {
  const isThere = (table: PgTable, isLiving: SQL = sql`true`) =>
    sql`exists (select from ${table} o where o.id = ${dataKeys.ownerId} and ${isLiving})`;
  const connection = isThere(
    connections,
    sql`not (o.state = 'removed' and o.state_since < ${now.toISOString()}::timestamptz
      - interval '${sql.raw(REMOVED_KEEPS_ITS_KEY)}')`,
  );
  return {
    vendor_application: isThere(vendorApplications),
    application_trial: isThere(applicationTrials),
    grant: isThere(grants),
    intake_key: isThere(intakeKeys),
    intake_host: isThere(intakeHostKeys),
    evidence_key: isThere(evidenceKeys),
    connection,
    connection_data: connection,
    connection_intake: connection,
    connection_export: isThere(connectionExports),
  };
};

async function listOwnerless(tx: SystemTransaction, now: Date): Promise<OwnedKey[]> {
  const living = livingOwners(now);
  const rows = await tx
    .select({ kind: dataKeys.ownerKind, id: dataKeys.ownerId })
    .from(dataKeys)
    .where(or(...SEALED_OWNERS.map((kind) => and(eq(dataKeys.ownerKind, kind), not(living[kind])))));
  return rows.map(({ kind, id }) => ({ kind, id }));
}

async function nameOrDestroy(tx: SystemTransaction, owner: OwnedKey): Promise<void> {
  const secrets = await tx
    .select({ id: sealedSecrets.id })
    .from(sealedSecrets)
    .where(and(eq(sealedSecrets.ownerKind, owner.kind), eq(sealedSecrets.ownerId, owner.id)))
    .orderBy(sealedSecrets.id);
  const [first] = secrets;
  const resolved = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        eq(tasks.kind, "key_without_owner"),
        isNotNull(tasks.resolvedBy),
        inArray(
          tasks.subjectId,
          secrets.map(({ id }) => id),
        ),
      ),
    );
  // Where nothing is sealed, or a person has looked into it, nothing is lost with the data key.
  if (!first || resolved.length > 0) return destroySecrets(tx, owner);
  await openTask(tx, { kind: "key_without_owner", subjectId: first.id });
}

async function closeMended(tx: SystemTransaction, ownerless: OwnedKey[]): Promise<void> {
  const still = new Set(ownerless.map(({ kind, id }) => `${kind}/${id}`));
  for (const id of await listOpenSubjects(tx, "key_without_owner")) {
    const [secret] = await tx
      .select({ kind: sealedSecrets.ownerKind, ownerId: sealedSecrets.ownerId })
      .from(sealedSecrets)
      .where(eq(sealedSecrets.id, id));
    if (!secret || !still.has(`${secret.kind}/${secret.ownerId}`))
      await closeTask(tx, "key_without_owner", id);
  }
}
