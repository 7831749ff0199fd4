import { and, eq, isNull } from "drizzle-orm";
import { tasks } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { TaskKind } from "@/lib/platform/task/schema";

/** What the open tasks of a kind are about. */
export async function listOpenSubjects(tx: SystemTransaction, kind: TaskKind): Promise<string[]> {
  const rows = await tx
    .select({ id: tasks.subjectId })
    .from(tasks)
    .where(and(eq(tasks.kind, kind), isNull(tasks.resolvedAt)));
  return rows.map(({ id }) => id);
}
