import { CircleCheck, ListTodo } from "lucide-react";
import { useTranslations } from "next-intl";
import { ListRow } from "@/components/home/list-row";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeading } from "@/components/ui/page-heading";
import { RelativeTime } from "@/components/ui/time";
import {
  TASK_KINDS,
  TASK_SIDES,
  type TaskKind,
  type TaskListView,
  type TaskSide,
  type TaskSummary,
} from "@/lib/platform/task/schema";
import { ChoiceLinks } from "../choice-links";
import { PagedList } from "../paged-list";

type TaskListHrefs = {
  task: (id: string) => string;
  side: (side: TaskSide) => string;
  /** undefined: of every kind. */
  kind: (kind: TaskKind | undefined) => string;
  more: (cursor: string) => string;
};
type Props = { view: TaskListView; hrefs: TaskListHrefs };

function TaskRow({ task, href }: { task: TaskSummary; href: string }) {
  const t = useTranslations("operator.tasks");
  return (
    <ListRow
      href={href}
      title={t(`kinds.${task.kind}.title`)}
      detail={
        <>
          {task.integration && `${task.integration.slug} · ${task.integration.connectorName} · `}
          {task.resolvedAt
            ? t.rich("over", { time: () => <RelativeTime at={task.resolvedAt ?? task.foundAt} /> })
            : t.rich("since", { time: () => <RelativeTime at={task.since} /> })}
        </>
      }
    />
  );
}

function Filters({ view: { filter, openCounts }, hrefs }: Props) {
  const t = useTranslations("operator.tasks");
  const isOpenSide = filter.side === "open";
  const total = Object.values(openCounts).reduce((sum, count) => sum + count, 0);
  const kinds = TASK_KINDS.filter((kind) => !isOpenSide || openCounts[kind] || filter.kind === kind);
  return (
    <div className="grid gap-2.5">
      <ChoiceLinks
        label={t("filter.side")}
        choices={TASK_SIDES.map((side) => ({
          key: side,
          label: t(`sides.${side}`),
          href: hrefs.side(side),
          isChosen: filter.side === side,
          count: side === "open" ? total : undefined,
        }))}
      />
      {kinds.length > 0 && (
        <ChoiceLinks
          label={t("filter.kind")}
          choices={[undefined, ...kinds].map((kind) => ({
            key: kind ?? "all",
            label: kind ? t(`kinds.${kind}.name`) : t("filter.all"),
            href: hrefs.kind(kind),
            isChosen: filter.kind === kind,
            count: kind && isOpenSide ? (openCounts[kind] ?? 0) : undefined,
          }))}
        />
      )}
    </div>
  );
}

/** What needs a person, and what became of it. */
export function TaskList({ view, hrefs }: Props) {
  const t = useTranslations("operator.tasks");
  const side = view.filter.side;
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")}>{t("intro")}</PageHeading>
      <Filters view={view} hrefs={hrefs} />
      <PagedList
        rows={view.tasks}
        renderRow={(task) => <TaskRow key={task.id} task={task} href={hrefs.task(task.id)} />}
        empty={
          <EmptyState icon={side === "open" ? CircleCheck : ListTodo} title={t(`empty.${side}.title`)}>
            <p>{t(`empty.${side}.body`)}</p>
          </EmptyState>
        }
        more={view.nextCursor ? { href: hrefs.more(view.nextCursor), label: t("more") } : null}
      />
    </div>
  );
}
