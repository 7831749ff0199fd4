import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { LookedUp } from "@/lib/operations/look-up/schema";
import { DetailHeading } from "../detail-heading";

type Props = {
  subject: LookedUp;
  timeline: ReactNode;
  /** The way to end it, where there is one. */
  end?: ReactNode;
};

/** A request or a connection as an operator sees it: ids, states and what happened, without names and without anybody's words. */
export function LookedUpPage({ subject, timeline, end }: Props) {
  const t = useTranslations("lookUp");
  const states = useTranslations("states");
  const happened = useTranslations("timeline");
  const stages = useTranslations("partner.stages");
  return (
    <div className="grid gap-6">
      <DetailHeading
        list={{ href: "/operator/look-up", label: t("back") }}
        title={t(`kinds.${subject.kind}`)}
      >
        {t("redacted")}
      </DetailHeading>
      <CardSection id="facts" title={t("facts.title")}>
        <DescriptionList>
          <Description term={t("facts.id")}>
            <code className="text-xs wrap-anywhere">{subject.id}</code>
          </Description>
          <Description term={t("facts.state")}>
            {states(`${subject.kind}.${subject.state}`)} · <Time at={subject.since} />
          </Description>
          <Description term={t("facts.integration")}>
            {subject.integrationName} · {subject.partnerName} ({subject.connectorName},{" "}
            {stages(subject.stage === "production" ? "production" : "test")})
          </Description>
          {subject.kind === "connection" && (
            <Description term={t("kinds.request")}>
              <TextLink href={`/operator/requests/${subject.requestId}`}>
                <code className="text-xs wrap-anywhere">{subject.requestId}</code>
              </TextLink>
            </Description>
          )}
          {subject.connections.map(({ id, state }) => (
            <Description key={id} term={t("kinds.connection")}>
              <TextLink href={`/operator/connections/${id}`}>
                <code className="text-xs wrap-anywhere">{id}</code>
              </TextLink>{" "}
              · {states(`connection.${state}`)}
            </Description>
          ))}
        </DescriptionList>
      </CardSection>
      <CardSection id="timeline" title={happened("title")} intro={happened("intro")}>
        {timeline}
      </CardSection>
      {end}
    </div>
  );
}
