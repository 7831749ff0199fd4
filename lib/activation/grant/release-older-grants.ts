import { and, eq, exists, ne } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { candidates, grants } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

/**
 * A fresh consent takes the place of older open ones of the same draft, which are released: of all of them where it lists
 * every environment anew, else of those for the same environment.
 */
export async function releaseOlderGrants(
  tx: SystemTransaction,
  {
    grantId,
    draftId,
    covers,
  }: { grantId: string; draftId: string; covers: "every_environment" | "one_environment" },
): Promise<void> {
  const [fresh, older] = [alias(candidates, "fresh"), alias(candidates, "older")];
  const isOfSameEnvironment = exists(
    tx
      .select({ id: older.id })
      .from(older)
      .innerJoin(fresh, and(eq(fresh.externalId, older.externalId), eq(fresh.grantId, grantId)))
      .where(eq(older.grantId, grants.id)),
  );
  const replaced = await tx
    .select({ id: grants.id })
    .from(grants)
    .where(
      and(
        eq(grants.draftId, draftId),
        eq(grants.state, "open"),
        ne(grants.id, grantId),
        covers === "one_environment" ? isOfSameEnvironment : undefined,
      ),
    );
  for (const one of replaced) await enqueueEvent(tx, "grant/release.wanted", { grantId: one.id });
}
