import { randomInt } from "node:crypto";
import { and, eq, notInArray, sql } from "drizzle-orm";
import { connections, intakeAccounts } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
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

async function audit(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
  action: "intake.open" | "intake.password" | "intake.add_key" | "intake.remove_key" | "intake.addresses",
): Promise<void> {
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    subject: { kind: "connection", id: connectionId },
    action,
  });
}

/** Makes the sFTP account of a connection that is not over; the same again when it has one. Throws `not_found`. */
export async function openAccount(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
): Promise<void> {
  const [connection] = await tx
    .select({ partnerId: connections.partnerId, accountId: connections.accountId })
    .from(connections)
    .where(and(eq(connections.id, connectionId), notInArray(connections.state, ["offboarding", "removed"])));
  if (!connection) throw new AppError("not_found", "connection");
  const made = await tx
    .insert(intakeAccounts)
    .values({
      connectionId,
      ...connection,
      integrationId: makeIntegrationId(),
      userName: makeUserName(),
    })
    .onConflictDoNothing({ target: intakeAccounts.connectionId })
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
  await update(tx, connectionId, { passwordHash, passwordSetAt: new Date() });
  await audit(tx, viewer, connectionId, "intake.password");
  return password;
}

async function update(
  tx: CustomerTransaction,
  connectionId: string,
  values: Partial<typeof intakeAccounts.$inferInsert>,
): Promise<void> {
  const changed = await tx
    .update(intakeAccounts)
    .set(values)
    .where(eq(intakeAccounts.connectionId, connectionId))
    .returning({ connectionId: intakeAccounts.connectionId });
  if (changed.length === 0) throw new AppError("not_found", "intake account");
}

async function readKeys(tx: CustomerTransaction, connectionId: string): Promise<IntakeKey[]> {
  const [row] = await tx
    .select({ publicKeys: intakeAccounts.publicKeys })
    .from(intakeAccounts)
    .where(eq(intakeAccounts.connectionId, connectionId))
    .for("update");
  if (!row) throw new AppError("not_found", "intake account");
  return row.publicKeys;
}

export type KeyRefusal = "private_key" | "not_a_key" | "key_too_weak" | "too_many_keys";

/** Lets this key sign in. Gives why it is refused, or null. */
export async function addKey(
  tx: CustomerTransaction,
  viewer: Viewer,
  connectionId: string,
  text: string,
): Promise<KeyRefusal | null> {
  const read = readPublicKey(text);
  if (typeof read === "string") return read;
  const keys = await readKeys(tx, connectionId);
  const others = keys.filter(({ fingerprint }) => fingerprint !== read.fingerprint);
  if (others.length >= MOST_KEYS) return "too_many_keys";
  const added: IntakeKey = {
    name: read.comment.slice(0, 80),
    key: read.key,
    fingerprint: read.fingerprint,
    addedAt: new Date().toISOString(),
  };
  await update(tx, connectionId, { publicKeys: [...others, added] });
  await audit(tx, viewer, connectionId, "intake.add_key");
  return null;
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
    .where(eq(intakeAccounts.connectionId, connectionId))
    .returning({ connectionId: intakeAccounts.connectionId });
  if (!row) throw new AppError("not_found", "intake account");
  await audit(tx, viewer, connectionId, "intake.addresses");
  return true;
}
