import { Plus, Webhook } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ListRow } from "@/components/home/list-row";
import { PagedList } from "@/components/operator/paged-list";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import type { WebhookEndpointView } from "@/lib/partner/webhook/schema";
import { ENDPOINT_TONES } from "./event-words";

export type EndpointOfStage = WebhookEndpointView & { stage: string };

type Props = { endpoints: EndpointOfStage[]; mayManage: boolean; live: ReactNode; href: string };

function Detail({ endpoint }: { endpoint: EndpointOfStage }) {
  const t = useTranslations("partnerWebhooks");
  const stages = useTranslations("partner.stages");
  const { stage, eventTypes, description, failingSince } = endpoint;
  return (
    <>
      {t("row", {
        stage: stages(stage === "production" ? "production" : "test"),
        count: eventTypes.length,
      })}
      {description && <span className="block wrap-anywhere">{description}</span>}
      {failingSince && (
        <span className="block text-warning-text">
          {t.rich("failing", { time: () => <Time at={failingSince} /> })}
        </span>
      )}
    </>
  );
}

/** Where events of each stage go. */
export function EndpointList({ endpoints, mayManage, live, href }: Props) {
  const t = useTranslations("partnerWebhooks");
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
            {endpoints.length > 0 && add}
          </>
        }
      >
        <p>{t("intro")}</p>
      </PageHeading>
      <PagedList
        rows={endpoints}
        renderRow={(endpoint) => (
          <ListRow
            key={endpoint.id}
            href={`${href}/${endpoint.id}`}
            title={endpoint.url}
            detail={<Detail endpoint={endpoint} />}
            status={
              <StatusPill tone={ENDPOINT_TONES[endpoint.state]}>{t(`states.${endpoint.state}`)}</StatusPill>
            }
          />
        )}
        empty={
          <EmptyState icon={Webhook} title={t("empty.title")} action={add}>
            <p>{t("empty.body")}</p>
          </EmptyState>
        }
        more={null}
      />
    </>
  );
}
