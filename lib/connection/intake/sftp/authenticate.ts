import { and, eq, isNull, sql } from "drizzle-orm";
import ssh2, { type AuthContext, type PublicKeyAuthContext } from "ssh2";
import { intakeAddresses } from "@/db/schema";
import { isAppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import {
  asIntake,
  type Door,
  type IntakeContext,
  type IntakeTransaction,
  type Owner,
  ownerOf,
} from "../door/context";
import { isInNetworks } from "../door/networks";
import { isPassword } from "../door/password";
import type { IntakeKey } from "../schema";
import { TRIES } from "./bounds";

type AccountRow = {
  connection_id: string;
  partner_id: string;
  account_id: string;
  password_hash: string | null;
  public_keys: IntakeKey[];
  allowed_networks: string[];
  allows_any_address: boolean;
  asks_address: boolean;
};

/** `next`: this try shows nothing yet, e.g. a key without its signature that may go on. */
export type Verdict = { kind: "accepted"; door: Door } | { kind: "next" } | { kind: "refused" };

const REFUSED: Verdict = { kind: "refused" };

async function findAccount(tx: IntakeTransaction, userName: string): Promise<AccountRow | null> {
  const [row] = await tx.execute<AccountRow>(sql`select * from kytkin.intake_account(${userName})`);
  return row ?? null;
}

const failures = (kind: "address" | "account", subject: string) => ({
  name: `sftp.${kind}`,
  subject,
  max: kind === "address" ? TRIES.ofAddress : TRIES.ofAccount,
  windowSeconds: TRIES.windowSeconds,
});

async function hasTriesLeft(tx: IntakeTransaction, address: string, userName: string): Promise<boolean> {
  const used = async (limit: ReturnType<typeof failures>) => {
    const key = sha256(`${limit.name}:${limit.subject}`);
    const [row] = await tx.execute<{ used: number }>(sql`select kytkin.rate_limit_used(${key}) as used`);
    return (row?.used ?? 0) < limit.max;
  };
  return (await used(failures("address", address))) && (await used(failures("account", userName)));
}

/** A failed try counts for its address and for the name that was tried, in a transaction of its own. */
async function countFailure(context: IntakeContext, address: string, userName: string): Promise<void> {
  for (const limit of [failures("address", address), failures("account", userName)])
    await asIntake(context, null, (tx) => takeRateLimit(tx, limit)).catch((error: unknown) => {
      if (!isAppError(error, "too_many_requests")) throw error;
    });
}

/**
 * Decides one try to sign in. An unknown name, a wrong password and a connection that has ended answer alike. Right credentials
 * from an address that is not allowed are noted for the customer, and refused.
 */
export async function decideSignIn(
  context: IntakeContext,
  auth: AuthContext,
  address: string,
): Promise<Verdict> {
  if (auth.method !== "password" && auth.method !== "publickey") return { kind: "next" };
  const userName = auth.username.slice(0, 100);
  const { account, mayTry, now } = await asIntake(context, null, async (tx) => ({
    account: await findAccount(tx, userName),
    mayTry: await hasTriesLeft(tx, address, userName),
    now: await readClock(tx),
  }));
  if (!mayTry) return REFUSED;
  const attempt = { address, userName, account };
  let fingerprint: string | null = null;
  if (auth.method === "publickey") {
    const known = findKey(account?.public_keys ?? [], auth);
    if (!known) return REFUSED;
    if (!auth.signature) return { kind: "next" };
    if (!isSignedBy(known, auth)) return fail(context, attempt);
    fingerprint = known.fingerprint;
  } else if (!(await isPassword(account?.password_hash ?? null, auth.password)))
    return fail(context, attempt);
  if (!account) return REFUSED;
  const door: Door = { ...doorOf(account), session: { fingerprint, signedInAt: now } };
  const isAllowed =
    account.allows_any_address || account.asks_address || isInNetworks(address, account.allowed_networks);
  await asIntake(context, door, (tx) => noteAddress(tx, door, address, isAllowed));
  if (isAllowed) return { kind: "accepted", door };
  context.log.warn(
    { connectionId: door.connectionId, address },
    "sFTP sign-in from an address that is not allowed",
  );
  return REFUSED;
}

type Attempt = { address: string; userName: string; account: AccountRow | null };

async function fail(context: IntakeContext, { address, userName, account }: Attempt): Promise<Verdict> {
  await countFailure(context, address, userName);
  if (account) {
    const door = doorOf(account);
    await asIntake(context, door, (tx) => noteFailure(tx, door, address));
  }
  return REFUSED;
}

const doorOf = (account: AccountRow): Owner => ({
  connectionId: account.connection_id,
  partnerId: account.partner_id,
  accountId: account.account_id,
});

/** By the same clock as the time at which a password was set; as text, since a Date has no microseconds. */
async function readClock(tx: IntakeTransaction): Promise<string> {
  const [row] = await tx.execute<{ now: string }>(sql`select now()::text as now`);
  return row?.now ?? "";
}

function findKey(keys: readonly IntakeKey[], { key }: PublicKeyAuthContext): IntakeKey | null {
  const body = key.data.toString("base64");
  return keys.find((known) => known.key.split(" ")[1] === body) ?? null;
}

/** A signature by SHA-1 is none. */
function isSignedBy(known: IntakeKey, { signature, blob, hashAlgo, key }: PublicKeyAuthContext): boolean {
  const parsed = ssh2.utils.parseKey(known.key);
  if (parsed instanceof Error || Array.isArray(parsed) || !signature || !blob) return false;
  if (key.algo === "ssh-rsa" && (hashAlgo === undefined || hashAlgo === "sha1")) return false;
  return parsed.verify(blob, signature, hashAlgo) === true;
}

/** Addresses with nothing but wrong credentials that are kept of one account: a guesser has any number of them. */
const MOST_GUESSERS = 100;

async function noteFailure(tx: IntakeTransaction, door: Owner, address: string): Promise<void> {
  const isOfAddress = and(
    eq(intakeAddresses.connectionId, door.connectionId),
    eq(intakeAddresses.address, address),
  );
  const counted = await tx
    .update(intakeAddresses)
    .set({ failures: sql`${intakeAddresses.failures} + 1`, failedAt: sql`now()`, lastAt: sql`now()` })
    .where(isOfAddress)
    .returning({ address: intakeAddresses.address });
  if (counted.length > 0) return;
  const guessers = await tx
    .select({ address: intakeAddresses.address })
    .from(intakeAddresses)
    .where(and(eq(intakeAddresses.connectionId, door.connectionId), isNull(intakeAddresses.wasAllowed)))
    .limit(MOST_GUESSERS);
  if (guessers.length >= MOST_GUESSERS) return;
  await tx
    .insert(intakeAddresses)
    .values({ ...ownerOf(door), address, failures: 1, failedAt: sql`now()` })
    .onConflictDoNothing();
}

async function noteAddress(
  tx: IntakeTransaction,
  door: Door,
  address: string,
  wasAllowed: boolean,
): Promise<void> {
  await tx
    .insert(intakeAddresses)
    .values({ ...ownerOf(door), address, wasAllowed })
    .onConflictDoUpdate({
      target: [intakeAddresses.connectionId, intakeAddresses.address],
      set: { wasAllowed, lastAt: sql`now()` },
    });
}
