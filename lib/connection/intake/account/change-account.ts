import { randomInt } from "node:crypto";
import { and, eq, isNotNull, isNull, notInArray, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { activationRequests, activations, connections, intakeAccounts, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import type { AuditAction } from "@/lib/platform/audit/actions";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { readNetwork } from "../door/networks";
import { hashPassword, makePassword } from "../door/password";
import type { IntakeKey } from "../schema";
import { readPublicKey } from "../sftp/public-key";
import { MOST_KEYS, MOST_NETWORKS } from "./schema";

type CustomerTransaction = ScopedTransaction<"customer">;

/** Without letters that look alike, and without `E`: a spreadsheet would take `12E45678` for a number. */
const LETTERS = "ABCDFGHJKLMNPQRSTUVWXYZ23456789";
const pick = (count: number): string =>
  Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]).join("");

const makeIntegrationId = (): string => `K${pick(4)}-${pick(5)}`;
const makeUserName = (): string => `k-${pick(8).toLowerCase()}`;

type IntakeAction = Extract<AuditAction, `intake.${string}`>;

async function audit(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
  action: IntakeAction,
): Promise<void> {
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    subject: { kind: "connection", id: connectionId },
    action,
  });
}

/**
 * Makes the sFTP account of a connection that is not over and whose accepted version takes files; opens it again under the same
 * names when it was closed. Throws `not_found`.
 */
export async function openAccount(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
): Promise<void> {
  const [connection] = await tx
    .select({ partnerId: connections.partnerId, accountId: connections.accountId })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(specifications, eq(specifications.id, connections.specificationId))
    .where(
      and(
        eq(connections.id, connectionId),
        notInArray(connections.state, ["offboarding", "removed"]),
        sql`${specifications.content} -> 'access' ? 'files'`,
      ),
    );
  if (!connection) throw new AppError("not_found", "connection that takes files");
  const made = await tx
    .insert(intakeAccounts)
    .values({
      connectionId,
      ...connection,
      integrationId: makeIntegrationId(),
      userName: makeUserName(),
    })
    .onConflictDoUpdate({
      target: intakeAccounts.connectionId,
      set: { closedAt: null },
      setWhere: isNotNull(intakeAccounts.closedAt),
    })
    .returning({ connectionId: intakeAccounts.connectionId });
  if (made.length > 0) await audit(tx, viewer, connectionId, "intake.open");
}

/** Makes another password and gives it this once; the former one ends. */
export async function renewPassword(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
): Promise<string> {
  const password = makePassword();
  const passwordHash = await hashPassword(password);
  // By the database's clock, which says too when a client signed in.
  await update(tx, connectionId, { passwordHash, passwordSetAt: sql`now()` });
  await audit(tx, viewer, connectionId, "intake.password");
  return password;
}

/**
 * Nothing signs in any more, and clients that are signed in are refused. Password and keys are forgotten; files that have come
 * in are still read. Throws `not_found`.
 */
export async function closeAccount(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
): Promise<void> {
  await update(tx, connectionId, {
    closedAt: sql`now()`,
    passwordHash: null,
    passwordSetAt: null,
    publicKeys: [],
  });
  await audit(tx, viewer, connectionId, "intake.close");
}

/** The customer has found a record of the first files in the vendor system. */
export async function confirmFound(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
): Promise<void> {
  await update(tx, connectionId, { foundAt: sql`now()` });
  await audit(tx, viewer, connectionId, "intake.found");
}

/** Of an account that is open. Throws `not_found`. */
async function update(
  tx: CustomerTransaction,
  connectionId: string,
  values: PgUpdateSetSource<typeof intakeAccounts>,
): Promise<void> {
  const changed = await tx
    .update(intakeAccounts)
    .set(values)
    .where(isOpen(connectionId))
    .returning({ connectionId: intakeAccounts.connectionId });
  if (changed.length === 0) throw new AppError("not_found", "intake account");
}

const isOpen = (connectionId: string): SQL | undefined =>
  and(eq(intakeAccounts.connectionId, connectionId), isNull(intakeAccounts.closedAt));

async function readKeys(tx: CustomerTransaction, connectionId: string): Promise<IntakeKey[]> {
  const [row] = await tx
    .select({ publicKeys: intakeAccounts.publicKeys })
    .from(intakeAccounts)
    .where(isOpen(connectionId))
    .for("update");
  if (!row) throw new AppError("not_found", "intake account");
  return row.publicKeys;
}

export type KeyRefusal = "private_key" | "not_a_key" | "key_too_weak" | "too_many_keys";

/** Lets this key sign in. Gives its fingerprint, or why it is refused. */
export async function addKey(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
  text: string,
): Promise<{ fingerprint: string; refusal: null } | { fingerprint: null; refusal: KeyRefusal }> {
  const read = readPublicKey(text);
  if (typeof read === "string") return { fingerprint: null, refusal: read };
  const keys = await readKeys(tx, connectionId);
  const others = keys.filter(({ fingerprint }) => fingerprint !== read.fingerprint);
  if (others.length >= MOST_KEYS) return { fingerprint: null, refusal: "too_many_keys" };
  const added: IntakeKey = {
    name: read.comment.slice(0, 80),
    key: read.key,
    fingerprint: read.fingerprint,
    addedAt: new Date().toISOString(),
  };
  await update(tx, connectionId, { publicKeys: [...others, added] });
  await audit(tx, viewer, connectionId, "intake.add_key");
  return { fingerprint: read.fingerprint, refusal: null };
}

export async function removeKey(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
  fingerprint: string,
): Promise<void> {
  const keys = await readKeys(tx, connectionId);
  await update(tx, connectionId, { publicKeys: keys.filter((key) => key.fingerprint !== fingerprint) });
  await audit(tx, viewer, connectionId, "intake.remove_key");
}

/** One address or network a line. Gives the first line that is none, or null. */
export async function setNetworks(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
  { text, allowsAny }: { text: string; allowsAny: boolean },
): Promise<string | null> {
  const lines = text.split(/[\s,;]+/).filter(Boolean);
  const networks: string[] = [];
  for (const line of lines.slice(0, MOST_NETWORKS)) {
    const network = readNetwork(line);
    if (network === null) return line;
    if (!networks.includes(network)) networks.push(network);
  }
  const tooMany = lines[MOST_NETWORKS];
  if (tooMany !== undefined) return tooMany;
  await update(tx, connectionId, { allowedNetworks: networks, allowsAnyAddress: allowsAny });
  await audit(tx, viewer, connectionId, "intake.addresses");
  return null;
}

/** A network beside those that are allowed already, e.g. an address that was refused. */
export async function allowAddress(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
  address: string,
): Promise<boolean> {
  const network = readNetwork(address);
  if (network === null) return false;
  const added = sql`array(select distinct unnest(${intakeAccounts.allowedNetworks} || ${network}::text))`;
  const [row] = await tx
    .update(intakeAccounts)
    .set({ allowedNetworks: added })
    .where(isOpen(connectionId))
    .returning({ connectionId: intakeAccounts.connectionId });
  if (!row) throw new AppError("not_found", "intake account");
  await audit(tx, viewer, connectionId, "intake.addresses");
  return true;
}
