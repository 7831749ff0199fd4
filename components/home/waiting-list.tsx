import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import type { RequestSummary } from "@/lib/activation/request/schema";
import type { HomeHrefs } from "./home-hrefs";
import { ListRow } from "./list-row";

type Props = { requests: RequestSummary[]; hrefs: HomeHrefs };

/** Requests that the customer has to go on with, before they time out. */
export function WaitingList({ requests, hrefs }: Props) {
  const t = useTranslations();
  return (
    <CardSection id="waiting" title={t("waiting.title")}>
      <ul className="divide-y divide-line">
        {requests.map(({ id, integrationName, partnerName, deadlineAt, submittedAt }) => (
          <ListRow
            key={id}
            href={hrefs.request(id)}
            title={integrationName}
            detail={t.rich("waiting.until", {
              partner: partnerName,
              time: () => <Time at={deadlineAt ?? submittedAt} />,
            })}
            status={
              <StatusPill tone="warning" icon={TriangleAlert}>
                {t("companies.cell.your_turn")}
              </StatusPill>
            }
          />
        ))}
      </ul>
    </CardSection>
  );
}
