import { Inbox, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ListRow } from "@/components/home/list-row";
import { PagedList } from "@/components/operator/paged-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { ACTIVATION_STATES, REQUEST_STATES } from "@/lib/activation/request/schema";
import type { RequestListView, RequestRow } from "@/lib/partner/monitoring/schema";
import { OUTCOME_LOOKS } from "../flow/status/activation-states";
import { ListFilter } from "./list-filter";

type Props = {
  view: RequestListView;
  hrefs: { list: string; request: (id: string) => string; more: (cursor: string) => string };
  live: ReactNode;
};

function Row({ request, href }: { request: RequestRow; href: string }) {
  const t = useTranslations("partner.requests");
  const states = useTranslations();
  const { deadlineAt } = request;
  return (
    <ListRow
      href={href}
      title={t("companies", { first: request.firstCompany, others: request.companies - 1 })}
      detail={
        <>
          {request.integrationName},{" "}
          {t.rich("detail", {
            stage: states(`partner.stages.${request.stage === "production" ? "production" : "test"}`),
            time: () => <Time at={request.submittedAt} />,
          })}
          {deadlineAt && (
            <span className="block font-medium text-ink">
              {t.rich("due", { time: () => <Time at={deadlineAt} /> })}
            </span>
          )}
        </>
      }
      status={ACTIVATION_STATES.map((state) => {
        const count = request.counts[state] ?? 0;
        if (count === 0) return null;
        return (
          <StatusPill key={state} {...OUTCOME_LOOKS[state]}>
            {request.companies === 1
              ? states(`states.activation.${state}`)
              : states("status.list.count", { count, state: states(`states.activation.${state}`) })}
          </StatusPill>
        );
      })}
    />
  );
}

/** What customers asked for, newest first. */
export function RequestList({ view, hrefs, live }: Props) {
  const t = useTranslations("partner.requests");
  const states = useTranslations("states.request");
  const { before: _, ...filter } = view.filter;
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-2">
        <PageHeading title={t("title")}>
          <p>{t("intro")}</p>
        </PageHeading>
        {live}
      </div>
      <ListFilter
        href={hrefs.list}
        filter={filter}
        states={REQUEST_STATES.map((value) => ({ value, label: states(value) }))}
        integrations={view.integrations}
        hasDates
      />
      <PagedList
        rows={view.requests}
        renderRow={(request) => <Row key={request.id} request={request} href={hrefs.request(request.id)} />}
        empty={
          isNarrowed ? (
            <EmptyState
              icon={SearchX}
              title={t("none.title")}
              action={<TextLink href={hrefs.list}>{t("none.clear")}</TextLink>}
            >
              <p>{t("none.body")}</p>
            </EmptyState>
          ) : (
            <EmptyState icon={Inbox} title={t("empty.title")}>
              <p>{t("empty.body")}</p>
            </EmptyState>
          )
        }
        more={view.nextCursor ? { href: hrefs.more(view.nextCursor), label: t("more") } : null}
      />
    </>
  );
}
