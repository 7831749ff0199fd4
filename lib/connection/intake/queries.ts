import { and, asc, count, desc, eq, exists, gt, inArray, isNotNull, lt, type SQL } from "drizzle-orm";
import {
  deliveryRows,
  intakeAccounts,
  intakeAddresses,
  intakeFiles,
  intakeHostKeys,
  uploads,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { sumByState } from "@/lib/connection/delivery/queries";
import { countSets } from "@/lib/connection/delivery/unchanged-sets";
import { isTemporaryName } from "./door/names";
import type { AccountView, AddressView, FileStatus, FileView, Progress } from "./schema";

type Customer = ScopedTransaction<"customer">;

const HOUR_MS = 3_600_000;
/** As `kytkin.intake_account` has it: in the first day of an account any address is let in. */
const ASKS_FOR_MS = 24 * HOUR_MS;
/** An upload that got no byte for so long is taken for broken off. */
const BROKEN_AFTER_MS = 60_000;
const MOST_ADDRESSES = 20;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The sFTP account of a connection, open or closed; null when none was ever made. */
export async function findAccount(tx: Customer, connectionId: string): Promise<AccountView | null> {
  const [row] = await tx
    .select({
      integrationId: intakeAccounts.integrationId,
      userName: intakeAccounts.userName,
      passwordSetAt: intakeAccounts.passwordSetAt,
      publicKeys: intakeAccounts.publicKeys,
      allowedNetworks: intakeAccounts.allowedNetworks,
      allowsAnyAddress: intakeAccounts.allowsAnyAddress,
      closedAt: intakeAccounts.closedAt,
      foundAt: intakeAccounts.foundAt,
      createdAt: intakeAccounts.createdAt,
    })
    .from(intakeAccounts)
    .where(eq(intakeAccounts.connectionId, connectionId));
  if (!row) return null;
  const asksUntil = new Date(row.createdAt.getTime() + ASKS_FOR_MS);
  return {
    integrationId: row.integrationId,
    userName: row.userName,
    passwordSetAt: iso(row.passwordSetAt),
    keys: row.publicKeys.map(({ name, fingerprint, addedAt }) => ({ name, fingerprint, addedAt })),
    networks: row.allowedNetworks,
    allowsAnyAddress: row.allowsAnyAddress,
    asksUntil: asksUntil > new Date() ? asksUntil.toISOString() : null,
    closedAt: iso(row.closedAt),
    foundAt: iso(row.foundAt),
  };
}

/** The fingerprint that every client is shown; null until the first worker has made the host key. */
export async function findHostFingerprint(tx: Customer): Promise<string | null> {
  const [row] = await tx
    .select({ fingerprint: intakeHostKeys.fingerprint })
    .from(intakeHostKeys)
    .orderBy(asc(intakeHostKeys.id))
    .limit(1);
  return row?.fingerprint ?? null;
}

/** From where the account was entered or tried to be, the latest first. */
export async function listAddresses(tx: Customer, connectionId: string): Promise<AddressView[]> {
  const rows = await tx
    .select()
    .from(intakeAddresses)
    .where(eq(intakeAddresses.connectionId, connectionId))
    .orderBy(desc(intakeAddresses.lastAt))
    .limit(MOST_ADDRESSES);
  return rows.map(({ address, wasAllowed, lastAt, failures }) => ({
    address,
    wasAllowed,
    lastAt: lastAt.toISOString(),
    failures,
  }));
}

const ofConnection = (connectionId: string): SQL => eq(uploads.connectionId, connectionId);

/** The newest first; `before` is the id of the last one of the page before. */
export async function listFiles(
  tx: Customer,
  connectionId: string,
  { before, limit }: { before?: string; limit: number },
): Promise<FileView[]> {
  const rows = await tx
    .select()
    .from(uploads)
    .where(and(ofConnection(connectionId), before === undefined ? undefined : lt(uploads.id, before)))
    .orderBy(desc(uploads.id))
    .limit(limit);
  const results = await listResults(
    tx,
    rows.map(({ id }) => id),
  );
  const deliveryIds = rows.flatMap(({ deliveryId }) => deliveryId ?? []);
  const counts = [...(await countRows(tx, deliveryIds)), ...(await countSets(tx, deliveryIds, connectionId))];
  return rows.map((row) => ({
    id: row.id,
    folder: row.folder,
    name: row.name,
    status: statusOf(row),
    sizeBytes: row.sizeBytes,
    sentAt: row.createdAt.toISOString(),
    entity: row.entity,
    deliveryId: row.deliveryId,
    rowCount: row.rowCount,
    rejectedCount: row.rejectedCount,
    counts: sumByState(counts.filter((one) => one.deliveryId === row.deliveryId)),
    problem: row.problem,
    results: results
      .filter(({ uploadId }) => uploadId === row.id)
      .map(({ folder, name, fetchedAt }) => ({ folder, name, fetchedAt: iso(fetchedAt) })),
  }));
}

function statusOf(row: typeof uploads.$inferSelect): FileStatus {
  const { state, name, folder, touchedAt } = row;
  if (state === "receiving")
    return Date.now() - touchedAt.getTime() > BROKEN_AFTER_MS ? "broken" : "receiving";
  if (state !== "closed") return state;
  if (isTemporaryName(name)) return "unnamed";
  return folder === "root" ? "waiting" : "kept";
}

const listResults = async (tx: Customer, uploadIds: string[]) =>
  uploadIds.length === 0
    ? []
    : tx
        .select({
          uploadId: intakeFiles.uploadId,
          folder: intakeFiles.folder,
          name: intakeFiles.name,
          fetchedAt: intakeFiles.fetchedAt,
        })
        .from(intakeFiles)
        .where(inArray(intakeFiles.uploadId, uploadIds))
        .orderBy(asc(intakeFiles.id));

const countRows = async (tx: Customer, deliveryIds: string[]) =>
  deliveryIds.length === 0
    ? []
    : tx
        .select({ deliveryId: deliveryRows.deliveryId, state: deliveryRows.state, count: count() })
        .from(deliveryRows)
        .where(inArray(deliveryRows.deliveryId, deliveryIds))
        .groupBy(deliveryRows.deliveryId, deliveryRows.state);

/** How far the first import has come, told from what happened; a later step shows that those before it were taken. */
export async function readProgress(
  tx: Customer,
  connectionId: string,
  account: Pick<AccountView, "passwordSetAt" | "keys" | "foundAt">,
): Promise<Progress> {
  const signedIn = tx
    .select({ address: intakeAddresses.address })
    .from(intakeAddresses)
    .where(and(eq(intakeAddresses.connectionId, connectionId), eq(intakeAddresses.wasAllowed, true)));
  const fetched = tx
    .select({ id: intakeFiles.id })
    .from(intakeFiles)
    .where(and(eq(intakeFiles.connectionId, connectionId), isNotNull(intakeFiles.fetchedAt)));
  const [seen] = await tx
    .select({ hasSignedIn: exists(signedIn).mapWith(Boolean), hasFetched: exists(fetched).mapWith(Boolean) })
    .from(intakeAccounts)
    .where(eq(intakeAccounts.connectionId, connectionId));
  // Two files suffice to know of a first one and of more.
  const read = await tx
    .select({ id: uploads.id })
    .from(uploads)
    .where(
      and(ofConnection(connectionId), inArray(uploads.state, ["delivered", "done"]), gt(uploads.rowCount, 0)),
    )
    .limit(2);
  const done = {
    account: account.passwordSetAt !== null || account.keys.length > 0,
    signIn: seen?.hasSignedIn === true,
    rows: read.length > 0,
    result: seen?.hasFetched === true,
    found: account.foundAt !== null,
    more: read.length > 1 && account.foundAt !== null,
  };
  const isAfter = { rows: done.rows, result: done.result || done.found };
  return {
    account: done.account,
    signIn: done.signIn || done.rows,
    rows: isAfter.rows || isAfter.result,
    result: isAfter.result,
    found: done.found,
    more: done.more,
  };
}
