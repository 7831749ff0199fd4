import { Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ListRow } from "@/components/home/list-row";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import { ACTIVATION_STATES, REQUEST_STATES } from "@/lib/activation/request/schema";
import type { RequestListView, RequestRow } from "@/lib/partner/monitoring/schema";
import { OUTCOME_LOOKS } from "../flow/status/activation-states";
import { type MonitoringHrefs, MonitoringList } from "./monitoring-list";

type Props = {
  view: RequestListView;
  hrefs: MonitoringHrefs;
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
  const states = useTranslations("states.request");
  return (
    <MonitoringList
      kind="requests"
      view={view}
      states={REQUEST_STATES.map((value) => ({ value, label: states(value) }))}
      hasDates
      emptyIcon={Inbox}
      hrefs={hrefs}
      live={live}
      rows={view.requests}
      renderRow={(request) => <Row key={request.id} request={request} href={hrefs.request(request.id)} />}
    />
  );
}
