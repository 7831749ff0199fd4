import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import { ACTIVATION_OUTCOMES, type RequestSummary } from "@/lib/activation/request/schema";
import { OUTCOME_LOOKS } from "../flow/status/activation-states";
import type { HomeHrefs } from "./home-hrefs";
import { ListRow } from "./list-row";

function Counts({ counts }: Pick<RequestSummary, "counts">) {
  const t = useTranslations();
  return ACTIVATION_OUTCOMES.map((outcome) => {
    const count = counts[outcome] ?? 0;
    if (count === 0) return null;
    return (
      <StatusPill key={outcome} {...OUTCOME_LOOKS[outcome]}>
        {t("status.list.count", { count, state: t(`states.activation.${outcome}`) })}
      </StatusPill>
    );
  });
}

type Props = { requests: RequestSummary[]; nextCursor: string | null; hrefs: HomeHrefs };

/** The newest requests and how their environments fare. */
export function RequestList({ requests, nextCursor, hrefs }: Props) {
  const t = useTranslations("home.requests");
  return (
    <CardSection id="requests" title={t("title")}>
      <ul className="divide-y divide-line">
        {requests.map((request) => (
          <ListRow
            key={request.id}
            href={hrefs.request(request.id)}
            title={request.integrationName}
            detail={t.rich("detail", {
              partner: request.partnerName,
              connector: request.connectorName,
              time: () => <Time at={request.submittedAt} />,
            })}
            status={<Counts counts={request.counts} />}
          />
        ))}
      </ul>
      {nextCursor && (
        <div className="pt-3">
          <LinkButton href={hrefs.moreRequests(nextCursor)} variant="secondary" size="small">
            {t("more")}
          </LinkButton>
        </div>
      )}
    </CardSection>
  );
}
