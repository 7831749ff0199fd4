import { KeySquare, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ListRow } from "@/components/home/list-row";
import { PagedList } from "@/components/operator/paged-list";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import type { ApplicationRow } from "@/lib/partner/application/schema";
import { APPLICATION_LOOKS } from "./application-states";

type Props = {
  applications: ApplicationRow[];
  mayManage: boolean;
  live: ReactNode;
  /** The list's own address. */
  href: string;
};

/** The partner's vendor applications, by vendor and stage. */
export function ApplicationList({ applications, mayManage, live, href }: Props) {
  const t = useTranslations("partnerApplications");
  const stages = useTranslations("partner.stages");
  const add = mayManage && (
    <LinkButton href={`${href}/new`}>
      <Plus aria-hidden className="size-4" />
      {t("new")}
    </LinkButton>
  );
  return (
    <>
      <PageHeading
        title={t("title")}
        aside={
          <>
            {live}
            {applications.length > 0 && add}
          </>
        }
      >
        <p>{t("intro")}</p>
      </PageHeading>
      <PagedList
        rows={applications}
        renderRow={({ id, connectorName, clientId, stage, state, usedBy }) => (
          <ListRow
            key={id}
            href={`${href}/${id}`}
            title={`${connectorName}: ${clientId}`}
            detail={t("row", {
              stage: stages(stage === "production" ? "production" : "test"),
              used: usedBy.length,
            })}
            status={<StatusPill {...APPLICATION_LOOKS[state]}>{t(`states.${state}`)}</StatusPill>}
          />
        )}
        empty={
          <EmptyState icon={KeySquare} title={t("empty.title")} action={add}>
            <p>{t(mayManage ? "empty.body" : "empty.readOnly")}</p>
          </EmptyState>
        }
        more={null}
      />
    </>
  );
}
