import { and, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { connections, preparedThings, preparedUses } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { LoadedConnection } from "@/lib/connection/lifecycle/load-connection";
import type { PreparationTools, Prepared } from "@/lib/connectors/preparation";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/** One after the other in an environment: who takes a thing into use sees who uses it. */
async function lockEnvironment(tx: SystemTransaction, environmentId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`prepared:${environmentId}`}, 0))`);
}

type Owner = Pick<LoadedConnection, "id" | "partnerId" | "accountId" | "environmentId">;

const ofThing = ({ environmentId }: Pick<Owner, "environmentId">, thing: string) =>
  and(eq(preparedUses.environmentId, environmentId), eq(preparedUses.thing, thing));

/** Connections that live, or whose end is not through with what was prepared, and use this thing. */
async function listOtherUsers(tx: SystemTransaction, owner: Owner, thing: string) {
  return tx
    .select({ isExclusive: preparedUses.isExclusive, state: connections.state })
    .from(preparedUses)
    .innerJoin(connections, eq(connections.id, preparedUses.connectionId))
    .where(
      and(ofThing(owner, thing), isNull(preparedUses.releasedAt), ne(preparedUses.connectionId, owner.id)),
    );
}

/** What we made of it, or began to make; undefined for what was there before. */
async function findOurs(tx: SystemTransaction, { environmentId }: Owner, thing: string) {
  const [made] = await tx
    .select({ begunAt: preparedThings.begunAt, madeAt: preparedThings.madeAt })
    .from(preparedThings)
    .where(
      and(
        eq(preparedThings.environmentId, environmentId),
        eq(preparedThings.thing, thing),
        isNull(preparedThings.removedAt),
      ),
    );
  return made;
}

/** What a step of this connection's preparation may ask about the environment, over all connections there. */
export function makeTools(context: WorkerContext, owner: Owner, prepared: Prepared): PreparationTools {
  const inEnvironment = <T>(name: string, work: (tx: SystemTransaction) => Promise<T>): Promise<T> =>
    asSystem(context, name, async (tx) => {
      await lockEnvironment(tx, owner.environmentId);
      return work(tx);
    });
  const { id: connectionId, partnerId, accountId, environmentId } = owner;
  return {
    prepared,
    use: (thing, how) =>
      inEnvironment("use prepared thing", async (tx) => {
        const isExclusive = how === "alone";
        const others = await listOtherUsers(tx, owner, thing);
        if (isExclusive && others.some((other) => other.isExclusive)) return null;
        const ours = (await findOurs(tx, owner, thing)) !== undefined;
        const use = { isExclusive, isOurs: ours, releasedAt: null };
        await tx
          .insert(preparedUses)
          .values({ environmentId, thing, connectionId, partnerId, accountId, ...use })
          .onConflictDoUpdate({
            target: [preparedUses.environmentId, preparedUses.thing, preparedUses.connectionId],
            set: use,
          });
        return { isOurs: ours };
      }),
    release: (thing) => inEnvironment("release prepared thing", (tx) => releaseThing(tx, owner, thing)),
    beginMaking: (thing) =>
      inEnvironment("begin to make a thing", async (tx) => {
        await tx
          .insert(preparedThings)
          .values({ environmentId, thing })
          .onConflictDoUpdate({
            target: [preparedThings.environmentId, preparedThings.thing],
            set: { begunAt: new Date(), madeAt: null, removedAt: null },
          });
        await tx
          .update(preparedUses)
          .set({ isOurs: true })
          .where(and(ofThing(owner, thing), eq(preparedUses.connectionId, connectionId)));
      }),
  };
}

async function releaseThing(tx: SystemTransaction, owner: Owner, thing: string): Promise<void> {
  await tx
    .update(preparedUses)
    .set({ releasedAt: new Date() })
    .where(
      and(ofThing(owner, thing), eq(preparedUses.connectionId, owner.id), isNull(preparedUses.releasedAt)),
    );
}

/** Everything that was begun for this connection is there now: its round has come to a good end. */
export async function recordMade(tx: SystemTransaction, { id, environmentId }: Owner): Promise<void> {
  const used = tx
    .select({ thing: preparedUses.thing })
    .from(preparedUses)
    .where(and(eq(preparedUses.connectionId, id), isNull(preparedUses.releasedAt)));
  await tx
    .update(preparedThings)
    .set({ madeAt: new Date() })
    .where(
      and(
        eq(preparedThings.environmentId, environmentId),
        isNull(preparedThings.madeAt),
        inArray(preparedThings.thing, used),
      ),
    );
}

type ThingAtEnd = {
  thing: string;
  fate: "removable" | "shared" | "existed";
  /** It was asked for then, and nobody has seen it there since: it may still come to be. */
  awaitedSince: Date | null;
};

/** What a connection that ends has used, and whether it may be removed: we made it, and no other connection uses it. */
export async function judgeThings(tx: SystemTransaction, owner: Owner): Promise<ThingAtEnd[]> {
  await lockEnvironment(tx, owner.environmentId);
  const used = await tx
    .select({ thing: preparedUses.thing })
    .from(preparedUses)
    .where(and(eq(preparedUses.connectionId, owner.id), isNull(preparedUses.releasedAt)))
    .orderBy(preparedUses.thing);
  const judged: ThingAtEnd[] = [];
  for (const { thing } of used) {
    const others = await listOtherUsers(tx, owner, thing);
    const ours = await findOurs(tx, owner, thing);
    judged.push({
      thing,
      fate: !ours ? "existed" : others.length > 0 ? "shared" : "removable",
      awaitedSince: ours && ours.madeAt === null ? ours.begunAt : null,
    });
  }
  return judged;
}

/** It is gone from the vendor system, and this connection uses it no more. */
export async function recordRemoved(tx: SystemTransaction, owner: Owner, thing: string): Promise<void> {
  await tx
    .update(preparedThings)
    .set({ removedAt: new Date() })
    .where(and(eq(preparedThings.environmentId, owner.environmentId), eq(preparedThings.thing, thing)));
  await releaseThing(tx, owner, thing);
}

/** The connection uses nothing there any more. */
export async function releaseAll(tx: SystemTransaction, { id }: Pick<Owner, "id">): Promise<void> {
  await tx
    .update(preparedUses)
    .set({ releasedAt: new Date() })
    .where(and(eq(preparedUses.connectionId, id), isNull(preparedUses.releasedAt)));
}
