import { and, count, desc, eq, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { integrations, partners, tasks } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { AppError } from "@/lib/core/app-error";
import type { TaskFilter, TaskKind, TaskListView, TaskSummary, TaskView } from "@/lib/platform/task/schema";
import { canRetry } from "./rules";
import { listFacts } from "./task-facts";

export type Operator = ScopedTransaction<"operator">;
const PAGE = 25;

function selectTasks(tx: Operator) {
  return tx
    .select({
      task: tasks,
      slug: integrations.slug,
      connector: integrations.connector,
      partnerName: partners.name,
      resolverEmail: sql<string | null>`kytkin.operator_email(${tasks.resolvedBy})`,
    })
    .from(tasks)
    .leftJoin(integrations, eq(integrations.id, tasks.integrationId))
    .leftJoin(partners, eq(partners.id, integrations.partnerId));
}
type Row = Awaited<ReturnType<typeof selectTasks>>[number];

function summaryOf({ task, slug, connector, partnerName }: Row): TaskSummary {
  return {
    id: task.id,
    kind: task.kind,
    integration:
      slug && connector && partnerName
        ? { slug, partnerName, connectorName: connectorOf(connector).name }
        : null,
    since: task.createdAt.toISOString(),
    foundAt: task.foundAt.toISOString(),
    resolvedAt: task.resolvedAt?.toISOString() ?? null,
  };
}

function isIn({ side, kind, before }: TaskFilter): SQL | undefined {
  return and(
    side === "open" ? isNull(tasks.resolvedAt) : isNotNull(tasks.resolvedAt),
    kind && eq(tasks.kind, kind),
    // Ids are ordered by time.
    before ? lt(tasks.id, before) : undefined,
  );
}

/** Tasks newest first, a page of 25. */
export async function listTasks(tx: Operator, filter: TaskFilter): Promise<TaskListView> {
  const rows = await selectTasks(tx)
    .where(isIn(filter))
    .orderBy(desc(tasks.id))
    .limit(PAGE + 1);
  const shown = rows.slice(0, PAGE);
  return {
    filter,
    tasks: shown.map(summaryOf),
    nextCursor: rows.length > PAGE ? (shown.at(-1)?.task.id ?? null) : null,
    openCounts: await countOpenTasks(tx),
  };
}

async function countOpenTasks(tx: Operator): Promise<Partial<Record<TaskKind, number>>> {
  const rows = await tx
    .select({ kind: tasks.kind, count: count() })
    .from(tasks)
    .where(isNull(tasks.resolvedAt))
    .groupBy(tasks.kind);
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]));
}

/** One task with what may be known of its subject. Throws `not_found`. */
export async function getTask(tx: Operator, taskId: string): Promise<TaskView> {
  const [row] = await selectTasks(tx).where(eq(tasks.id, taskId));
  if (!row) throw new AppError("not_found", "task");
  const { task } = row;
  return {
    ...summaryOf(row),
    vendorAnswer: task.vendorAnswer,
    facts: await listFacts(tx, task.kind, task.subjectId),
    canRetry: canRetry(task),
    retriedAt: task.retriedAt?.toISOString() ?? null,
    resolvedBy: row.resolverEmail,
    resolution: task.resolution,
  };
}

/** A task that is still open, locked. Throws `not_found`, or `conflict` when it is over. */
export async function lockOpenTask(tx: Operator, taskId: string): Promise<typeof tasks.$inferSelect> {
  const [task] = await tx.select().from(tasks).where(eq(tasks.id, taskId)).for("update");
  if (!task) throw new AppError("not_found", "task");
  if (task.resolvedAt) throw new AppError("conflict", "the task is over already");
  return task;
}
