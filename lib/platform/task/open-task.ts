import { and, eq, isNull, sql } from "drizzle-orm";
import { tasks } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import type { TaskKind } from "./schema";

export type FoundTask = {
  kind: TaskKind;
  subjectId: string;
  integrationId?: string;
  vendorAnswer?: VendorAnswer | null;
};

/** Names the trouble to the operator, once for as long as it lasts. May be called each time that it is found. */
export async function openTask(tx: SystemTransaction, found: FoundTask): Promise<void> {
  await tx
    .insert(tasks)
    .values(found)
    .onConflictDoUpdate({
      target: [tasks.kind, tasks.subjectId],
      targetWhere: sql`resolved_at is null`,
      set: { foundAt: new Date(), vendorAnswer: found.vendorAnswer ?? null },
    });
}

/** The trouble is over: its task, if there is one, is closed as resolved by itself. */
export async function closeTask(tx: SystemTransaction, kind: TaskKind, subjectId: string): Promise<void> {
  await tx
    .update(tasks)
    .set({ resolvedAt: new Date() })
    .where(and(eq(tasks.kind, kind), eq(tasks.subjectId, subjectId), isNull(tasks.resolvedAt)));
}
