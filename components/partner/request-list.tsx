import { Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ListRow } from "@/components/home/list-row";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import { ACTIVATION_STATES, REQUEST_STATES } from "@/lib/activation/request/schema";
import type { RequestListView, RequestRow } from "@/lib/partner/monitoring/schema";
import { OUTCOME_LOOKS } from "../flow/status/activation-states";
import { type MonitoringHrefs, MonitoringList } from "./monitoring-list";
import { TickAll } from "./tick-all";

type Props = {
  view: RequestListView;
  hrefs: MonitoringHrefs & { decide: string };
  /** Whether this member decides: requests that wait can then be ticked. */
  mayDecide: boolean;
  live: ReactNode;
  views: ReactNode;
};

function Row({ request, href, mayDecide }: { request: RequestRow; href: string; mayDecide: boolean }) {
  const t = useTranslations("partner.requests");
  const states = useTranslations();
  const { deadlineAt } = request;
  const company = t("companies", { first: request.firstCompany, others: request.companies - 1 });
  return (
    <ListRow
      href={href}
      before={
        mayDecide &&
        request.state === "awaiting_partner" && (
          <Checkbox name="id" value={request.id} aria-label={t("tick", { company })} />
        )
      }
      title={company}
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

/** The rows as a form of ticks, where some of them can be decided. */
function TickForm({ action, children }: { action: string; children: ReactNode }) {
  const t = useTranslations("partner.requests");
  return (
    <form action={action} className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <TickAll label={t("tickAll")} />
        <Button type="submit" variant="secondary" size="small">
          {t("decideTicked")}
        </Button>
      </div>
      {children}
    </form>
  );
}

/** What customers asked for, newest first. */
export function RequestList({ view, hrefs, mayDecide, live, views }: Props) {
  const states = useTranslations("states.request");
  const canTick = mayDecide && view.requests.some(({ state }) => state === "awaiting_partner");
  return (
    <MonitoringList
      kind="requests"
      view={view}
      states={REQUEST_STATES.map((value) => ({ value, label: states(value) }))}
      dates="submitted"
      views={views}
      emptyIcon={Inbox}
      hrefs={hrefs}
      live={live}
      rows={view.requests}
      renderRow={(request) => (
        <Row key={request.id} request={request} href={hrefs.one(request.id)} mayDecide={mayDecide} />
      )}
      frame={(list) => (canTick ? <TickForm action={hrefs.decide}>{list}</TickForm> : list)}
    />
  );
}
