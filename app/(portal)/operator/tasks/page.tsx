import { TaskList } from "@/components/operator/tasks/task-list";
import { listTasks } from "@/lib/operations/task/queries";
import { getOperator } from "@/lib/people/auth/operator";
import { type TaskFilter, taskFilter } from "@/lib/platform/task/schema";
import { asOperator } from "../../as-operator";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

function hrefOf(filter: Partial<TaskFilter>): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== undefined));
  return query.size > 0 ? `/operator/tasks?${query}` : "/operator/tasks";
}

/** What the product could not put right by itself, and what became of it. */
export default async function TasksPage({ searchParams }: Props) {
  const viewer = await getOperator("/operator/tasks");
  const filter = taskFilter.parse(await searchParams);
  const view = await asOperator(viewer, (tx) => listTasks(tx, filter));
  return (
    <TaskList
      view={view}
      hrefs={{
        task: (id) => `/operator/tasks/${id}`,
        side: (side) => hrefOf(side === "open" ? {} : { side }),
        kind: (kind) => hrefOf({ ...(filter.side === "open" ? {} : { side: filter.side }), kind }),
        more: (before) => hrefOf({ ...filter, before }),
      }}
    />
  );
}
