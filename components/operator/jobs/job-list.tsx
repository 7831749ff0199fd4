import { Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import { ListRow } from "@/components/home/list-row";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { RelativeTime } from "@/components/ui/time";
import { type JobListView, RUN_STATES, type RunState, type RunSummary } from "@/lib/operations/jobs/schema";
import { ChoiceLinks } from "../choice-links";
import { PagedList } from "../paged-list";
import { QueueNumbers } from "./queue-numbers";
import { RUN_LOOKS } from "./run-looks";
import { WaitsFor } from "./waits-for";

type Props = {
  view: JobListView;
  hrefs: {
    run: (id: string) => string;
    /** undefined: in every state, of every function. */
    state: (state: RunState | undefined) => string;
    ofFunction: (functionId: string | undefined) => string;
    more: (cursor: string) => string;
  };
};

function RunRow({ run, href }: { run: RunSummary; href: string }) {
  const t = useTranslations("operator.jobs");
  return (
    <ListRow
      href={href}
      title={run.functionId}
      detail={
        <>
          {t.rich("started", { time: () => <RelativeTime at={run.startedAt} /> })}
          {run.waitsFor && (
            <>
              {" · "}
              <WaitsFor waitsFor={run.waitsFor} />
            </>
          )}
          {run.error && <span className="block wrap-anywhere">{run.error.message}</span>}
        </>
      }
      status={<StatusPill {...RUN_LOOKS[run.state]}>{t(`states.${run.state}`)}</StatusPill>}
    />
  );
}

function Filters({ view: { filter, functions }, hrefs }: Props) {
  const t = useTranslations("operator.jobs");
  return (
    <div className="grid gap-2.5">
      <ChoiceLinks
        label={t("filter.state")}
        choices={[undefined, ...RUN_STATES].map((state) => ({
          key: state ?? "all",
          label: state ? t(`states.${state}`) : t("filter.allStates"),
          href: hrefs.state(state),
          isChosen: filter.state === state,
        }))}
      />
      <ChoiceLinks
        label={t("filter.function")}
        choices={[
          {
            key: "",
            label: t("filter.allFunctions"),
            href: hrefs.ofFunction(undefined),
            isChosen: !filter.functionId,
          },
          ...functions.map(({ functionId, failedLastDay }) => ({
            key: functionId,
            label:
              failedLastDay > 0
                ? t("filter.functionFailed", { functionId, count: failedLastDay })
                : functionId,
            href: hrefs.ofFunction(functionId),
            isChosen: filter.functionId === functionId,
          })),
        ]}
      />
    </div>
  );
}

/** Runs of background functions, newest first. */
export function JobList({ view, hrefs }: Props) {
  const t = useTranslations("operator.jobs");
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")}>{t("intro")}</PageHeading>
      <QueueNumbers queue={view.queue} />
      <Filters view={view} hrefs={hrefs} />
      <PagedList
        rows={view.runs}
        renderRow={(run) => <RunRow key={run.id} run={run} href={hrefs.run(run.id)} />}
        empty={
          <EmptyState icon={Inbox} title={t("empty.title")}>
            <p>{t("empty.body")}</p>
          </EmptyState>
        }
        more={view.nextCursor ? { href: hrefs.more(view.nextCursor), label: t("more") } : null}
      />
    </div>
  );
}
