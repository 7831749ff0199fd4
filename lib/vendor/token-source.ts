import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import { tokenLeases } from "@/db/schema";
import { ConnectorError } from "@/lib/connectors/errors";
import type { FreshToken, TokenSource, TokenSubject } from "@/lib/connectors/types";
import type { SealedOwner } from "@/lib/seal/data-key";
import { dropSecret, findSecret, storeSecret } from "@/lib/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import { tokenNameOf } from "./granted-key-names";

/** A token is renewed this long before its end, so that it does not end on its way. */
const RENEW_BEFORE_MS = 60_000;
const LEASE_SECONDS = 30;
const POLL_MS = 100;

type Place = { owner: SealedOwner; name: string };

/**
 * Tokens are cached sealed and refreshed by one process at a time: the one that holds the lease row asks the vendor,
 * the others wait for the cached result. No transaction is open across the call.
 */
export function createTokenSource(context: WorkerContext, vendorApplicationId: string): TokenSource {
  /** Where the subject's token lies sealed, beside the key that it was made with. */
  const placeOf = (subject: TokenSubject): Place => {
    if (subject.kind === "granted_key") {
      const owner = { kind: "grant", id: subject.grantId } as const;
      return { owner, name: tokenNameOf(subject.candidateId) };
    }
    const id = subject.kind === "connection" ? subject.connectionId : vendorApplicationId;
    return { owner: { kind: subject.kind, id }, name: "access_token" };
  };

  return {
    async get(subject, refresh) {
      const place = placeOf(subject);
      const lease = `${place.owner.kind}:${place.owner.id}:${place.name}`;
      for (
        const giveUpAt = Date.now() + 2 * LEASE_SECONDS * 1000;
        Date.now() < giveUpAt;
        await delay(POLL_MS)
      ) {
        const cached = await asSystem(context, "read token", (tx) =>
          findSecret(tx, context.keys, place.owner, place.name),
        );
        if (cached?.expiresAt && cached.expiresAt.getTime() - RENEW_BEFORE_MS > Date.now())
          return cached.value;
        const holder = randomUUID();
        if (await takeLease(context, lease, holder))
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
    drop: (subject) =>
      asSystem(context, "drop token", (tx) => {
        const { owner, name } = placeOf(subject);
        return dropSecret(tx, owner, name);
      }),
  };
}

async function takeLease(context: WorkerContext, subject: string, holder: string): Promise<boolean> {
  const rows = await asSystem(context, "lease token", (tx) =>
    tx.execute(sql`
      insert into token_leases as l (subject, leased_until, leased_by)
      values (${subject}, now() + make_interval(secs => ${LEASE_SECONDS}), ${holder})
      on conflict (subject) do update set leased_until = excluded.leased_until, leased_by = excluded.leased_by
        where l.leased_until < now()
      returning subject`),
  );
  return rows.length > 0;
}

async function refreshUnderLease(
  context: WorkerContext,
  { owner, name }: Place,
  { lease, holder }: { lease: string; holder: string },
  refresh: () => Promise<FreshToken>,
): Promise<string> {
  try {
    // Somebody may have stored a fresh one between our look and our lease.
    const stored = await asSystem(context, "read token", (tx) => findSecret(tx, context.keys, owner, name));
    if (stored?.expiresAt && stored.expiresAt.getTime() - RENEW_BEFORE_MS > Date.now()) return stored.value;
    const fresh = await refresh();
    const expiresAt = new Date(Date.now() + fresh.expiresInSeconds * 1000);
    await asSystem(context, "store token", (tx) =>
      storeSecret(tx, context.keys, owner, { name, value: fresh.token, expiresAt }),
    );
    return fresh.token;
  } finally {
    await asSystem(context, "end lease", (tx) =>
      tx.delete(tokenLeases).where(and(eq(tokenLeases.subject, lease), eq(tokenLeases.leasedBy, holder))),
    );
  }
}
