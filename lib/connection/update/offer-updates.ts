import { and, asc, eq, ne, sql } from "drizzle-orm";
import {
  accountUpdates,
  activations,
  connections,
  connectionUpdates,
  integrations,
  specifications,
  specificationUpdates,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { judgeChange } from "@/lib/catalogue/integration/judge-change";
import { readContent } from "@/lib/catalogue/integration/read-content";
import type { Verdict } from "@/lib/catalogue/integration/schema";
import { getConnector } from "@/lib/connectors/registry";
import { IS_LIVE } from "./queries";

/** Connections that are moved, or accounts that are told, in one transaction. */
const AT_ONCE = 500;

const SETTLED = and(IS_LIVE, eq(activations.state, "active"));

/** Whether a version is still the one that is offered: another may have been published while its job waited. */
async function readOffered(tx: SystemTransaction, specificationId: string) {
  const [row] = await tx
    .select({ specification: specifications, connector: integrations.connector })
    .from(specifications)
    .innerJoin(integrations, eq(integrations.id, specifications.integrationId))
    .where(and(eq(specifications.id, specificationId), eq(specifications.state, "published")));
  return row;
}

/**
 * Judges the step to a published version from every one that live connections are on. Each step is judged once: what customers were
 * asked does not change with a later release of ours. False when the version is not the published one any more. May run twice.
 */
export async function judgeSteps(tx: SystemTransaction, specificationId: string): Promise<boolean> {
  const offered = await readOffered(tx, specificationId);
  if (!offered) return false;
  const { specification, connector } = offered;
  const { integrationId, partnerId } = specification;
  const former = await tx
    .select({ id: specifications.id, content: specifications.content })
    .from(specifications)
    .where(
      and(
        eq(specifications.integrationId, integrationId),
        ne(specifications.id, specificationId),
        sql`exists (select from ${connections} where ${connections.specificationId} = ${specifications.id} and ${IS_LIVE})`,
      ),
    );
  const after = readContent(specification.content);
  for (const { id, content } of former) {
    const change = judgeChange(readContent(content), after, getConnector(connector).manifest.rights);
    await tx
      .insert(specificationUpdates)
      .values({
        fromSpecificationId: id,
        specificationId,
        integrationId,
        partnerId,
        verdict: change?.verdict ?? "silent",
        findings: change?.findings ?? [],
      })
      .onConflictDoNothing();
  }
  return true;
}

const stepOf = (specificationId: string) =>
  and(
    eq(specificationUpdates.fromSpecificationId, connections.specificationId),
    eq(specificationUpdates.specificationId, specificationId),
  );

/**
 * Notes for accounts, some at a time, that a version waits for their consent: a row of `account_updates` each, which its page and its
 * one mail are about. Gives how many; 0: all have one. May run twice.
 */
export async function offerForConsent(tx: SystemTransaction, specificationId: string): Promise<number> {
  const offered = await readOffered(tx, specificationId);
  if (!offered) return 0;
  const { integrationId, partnerId } = offered.specification;
  const accounts = await tx
    .selectDistinct({ accountId: connections.accountId })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(specificationUpdates, stepOf(specificationId))
    .where(
      and(
        SETTLED,
        eq(specificationUpdates.verdict, "needs_consent"),
        sql`not exists (select from ${accountUpdates} where ${accountUpdates.accountId} = ${connections.accountId}
          and ${accountUpdates.specificationId} = ${specificationId} and ${accountUpdates.verdict} = 'needs_consent')`,
      ),
    )
    .orderBy(asc(connections.accountId))
    .limit(AT_ONCE);
  await tellAccounts(
    tx,
    accounts.map(({ accountId }) => accountId),
    { specificationId, integrationId, partnerId },
    "needs_consent",
  );
  return accounts.length;
}

/**
 * Moves connections, some at a time, for which the step asks nobody, and tells the accounts where it is announced. Gives how many were
 * moved; 0: all have been. What an end or an acceptance holds at the moment is left for the next round. May run twice.
 */
export async function followSilently(tx: SystemTransaction, specificationId: string): Promise<number> {
  const offered = await readOffered(tx, specificationId);
  if (!offered) return 0;
  const { integrationId, partnerId } = offered.specification;
  const moved = await tx
    .select({
      connectionId: connections.id,
      partnerId: connections.partnerId,
      accountId: connections.accountId,
      fromSpecificationId: connections.specificationId,
      verdict: specificationUpdates.verdict,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(specificationUpdates, stepOf(specificationId))
    .where(and(SETTLED, ne(specificationUpdates.verdict, "needs_consent")))
    .orderBy(asc(connections.id))
    .limit(AT_ONCE)
    .for("update", { of: connections, skipLocked: true });
  if (moved.length === 0) return 0;
  await tx.insert(connectionUpdates).values(moved.map((one) => ({ ...one, specificationId })));
  await tellAccounts(
    tx,
    [...new Set(moved.filter(({ verdict }) => verdict === "announced").map(({ accountId }) => accountId))],
    { specificationId, integrationId, partnerId },
    "announced",
  );
  return moved.length;
}

type Version = { specificationId: string; integrationId: string; partnerId: string };

/** An account that was told of the lesser is told of what needs its consent; never the other way round, and never twice. */
async function tellAccounts(
  tx: SystemTransaction,
  accountIds: readonly string[],
  version: Version,
  verdict: Verdict,
): Promise<void> {
  if (accountIds.length === 0) return;
  await tx
    .insert(accountUpdates)
    .values(accountIds.map((accountId) => ({ ...version, accountId, verdict })))
    .onConflictDoUpdate({
      target: [accountUpdates.accountId, accountUpdates.specificationId],
      set: { verdict },
      setWhere: verdict === "needs_consent" ? ne(accountUpdates.verdict, verdict) : sql`false`,
    });
}

/**
 * Published versions with connections on a former one that nobody has judged, that should have followed, or whose account nobody has asked:
 * their job was lost, or the connection became active since. Few rows: versions, not connections.
 */
export async function listUnoffered(tx: SystemTransaction): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct p.id from specifications p join specifications f on f.integration_id = p.integration_id and f.id <> p.id
    where p.state = 'published' and f.state = 'deprecated'
      and exists (select from connections c join activations a on a.id = c.activation_id and a.state = 'active'
        where c.specification_id = f.id and c.state not in ('offboarding', 'removed'))
      and not exists (select from specification_updates u
        where u.from_specification_id = f.id and u.specification_id = p.id and u.verdict = 'needs_consent'
          and not exists (select from connections c join activations a on a.id = c.activation_id and a.state = 'active'
            where c.specification_id = f.id and c.state not in ('offboarding', 'removed')
              and not exists (select from account_updates t where t.account_id = c.account_id and t.specification_id = p.id
                and t.verdict = 'needs_consent')))`);
  return rows.map(({ id }) => id);
}
