import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { StatusPill } from "@/components/ui/status-pill";
import type { PendingUpdate } from "@/lib/connection/update/schema";
import type { HomeHrefs } from "./home-hrefs";
import { ListRow } from "./list-row";

type Props = { updates: PendingUpdate[]; hrefs: Pick<HomeHrefs, "update"> };

/** Versions that wait for the account's consent, one line for all companies of an integration. */
export function UpdateList({ updates, hrefs }: Props) {
  const t = useTranslations("updates.home");
  return (
    <CardSection id="updates" title={t("title", { count: updates.length })}>
      <ul className="divide-y divide-line">
        {updates.map(({ id, integrationName, partnerName, count }) => (
          <ListRow
            key={id}
            href={hrefs.update(id)}
            title={integrationName}
            detail={t("row", { partner: partnerName, count })}
            status={
              <StatusPill tone="warning" icon={RefreshCw}>
                {t("pill")}
              </StatusPill>
            }
          />
        ))}
      </ul>
    </CardSection>
  );
}
