import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import { tokenLeases } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { FreshToken, TokenSource, TokenSubject } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import type { SealedOwner } from "@/lib/platform/seal/data-key";
import { dropSecret, findSecret, storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { tokenNameOf } from "./granted-key-names";

/** A token is renewed this long before its end, so that it does not end on its way. */
const RENEW_BEFORE_MS = 60_000;
const LEASE_SECONDS = 30;
const POLL_MS = 100;

type StoredSubject = Exclude<TokenSubject, { kind: "pasted_key" }>;
type Place = { owner: SealedOwner; name: string };

/**
 * Tokens are cached sealed and refreshed by one process at a time: the one that holds the lease row asks the vendor,
 * the others wait for the cached result. No transaction is open across the call.
 */
export function createTokenSource(
  context: WorkerContext,
  vendorApplicationId: string,
  noteFreshToken: () => void = () => {},
): TokenSource {
  /** The token of a key that is only looked at lives as long as the look. */
  let passing: string | null = null;
  /** Where the subject's token lies sealed, beside the key that it was made with. */
  const placeOf = (subject: StoredSubject): Place => {
    if (subject.kind === "granted_key") {
      const owner = { kind: "grant", id: subject.grantId } as const;
      return { owner, name: tokenNameOf(subject.candidateId) };
    }
    const id = subject.kind === "connection" ? subject.connectionId : vendorApplicationId;
    return { owner: { kind: subject.kind, id }, name: "access_token" };
  };

  return {
    async get(subject, requestToken) {
      const refresh = async (): Promise<FreshToken> => {
        const fresh = await requestToken();
        noteFreshToken();
        return fresh;
      };
      if (subject.kind === "pasted_key") {
        passing ??= (await refresh()).token;
        return passing;
      }
      const place = placeOf(subject);
      const lease = `${place.owner.kind}:${place.owner.id}:${place.name}`;
      for (
        const giveUpAt = Date.now() + 2 * LEASE_SECONDS * 1000;
        Date.now() < giveUpAt;
        await delay(POLL_MS)
      ) {
        const holder = randomUUID();
        const found = await findOrLease(context, place, { lease, holder });
        if (found.state === "fresh") return found.token;
        if (found.state === "leased")
          return await refreshUnderLease(context, place, { lease, holder }, refresh);
      }
      const answer = {
        status: null,
        messages: [],
        operation: "wait for a token",
        at: new Date().toISOString(),
      };
      throw new ConnectorError("unavailable", answer, { unsent: true });
    },
    async drop(subject) {
      if (subject.kind === "pasted_key") passing = null;
      else {
        const { owner, name } = placeOf(subject);
        await asSystem(context, "drop token", (tx) => dropSecret(tx, owner, name));
      }
    },
  };
}

type Holding = { lease: string; holder: string };

/** The cached token, or the lease to get a new one; neither while somebody else has the lease. One transaction. */
async function findOrLease(
  context: WorkerContext,
  place: Place,
  holding: Holding,
): Promise<{ state: "fresh"; token: string } | { state: "leased" | "elsewhere" }> {
  return asSystem(context, "find token", async (tx) => {
    const cached = await findFresh(tx, context, place);
    if (cached !== null) return { state: "fresh", token: cached };
    if (!(await takeLease(tx, holding))) return { state: "elsewhere" };
    // Somebody may have stored a fresh one between our look and our lease.
    const stored = await findFresh(tx, context, place);
    if (stored === null) return { state: "leased" };
    await endLease(tx, holding);
    return { state: "fresh", token: stored };
  });
}

async function findFresh(
  tx: SystemTransaction,
  { keys }: WorkerContext,
  { owner, name }: Place,
): Promise<string | null> {
  const stored = await findSecret(tx, keys, owner, name);
  const isFresh = stored?.expiresAt && stored.expiresAt.getTime() - RENEW_BEFORE_MS > Date.now();
  return isFresh ? stored.value : null;
}

async function takeLease(tx: SystemTransaction, { lease, holder }: Holding): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into token_leases as l (subject, leased_until, leased_by)
    values (${lease}, now() + make_interval(secs => ${LEASE_SECONDS}), ${holder})
    on conflict (subject) do update set leased_until = excluded.leased_until, leased_by = excluded.leased_by
      where l.leased_until < now()
    returning subject`);
  return rows.length > 0;
}

async function endLease(tx: SystemTransaction, { lease, holder }: Holding): Promise<void> {
  await tx.delete(tokenLeases).where(and(eq(tokenLeases.subject, lease), eq(tokenLeases.leasedBy, holder)));
}

async function refreshUnderLease(
  context: WorkerContext,
  { owner, name }: Place,
  holding: Holding,
  refresh: () => Promise<FreshToken>,
): Promise<string> {
  try {
    const fresh = await refresh();
    const expiresAt = new Date(Date.now() + fresh.expiresInSeconds * 1000);
    await asSystem(context, "store token", async (tx) => {
      await storeSecret(tx, context.keys, owner, { name, value: fresh.token, expiresAt });
      await endLease(tx, holding);
    });
    return fresh.token;
  } catch (error) {
    await asSystem(context, "end lease", (tx) => endLease(tx, holding));
    throw error;
  }
}
