import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useVendorWords } from "@/components/flow/use-vendor-words";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { PartnerConnectionDetails } from "@/lib/partner/monitoring/schema";
import { mayAsRole, type PartnerRole } from "@/lib/partner/organization/roles";
import { ConnectionPill } from "../connection/connection-pill";
import { type HoldActions, HoldButtons, HoldNotes } from "../connection/hold-card";
import { IntegrationFact } from "./integration-fact";
import { NoteForm } from "./note-form";

type Props = {
  connection: PartnerConnectionDetails;
  role: PartnerRole;
  hrefs: { back: string; request: string };
  /** `addNote` gets `requestId` and `body`. */
  actions: { addNote: FormAction; holds: HoldActions };
  live: ReactNode;
  timeline: ReactNode;
  comparison: ReactNode;
};

function Facts({ connection, requestHref }: { connection: PartnerConnectionDetails; requestHref: string }) {
  const t = useTranslations("partner.connection.facts");
  return (
    <DescriptionList>
      <IntegrationFact of={connection} />
      {connection.isUpdateRequired && <Description term={t("update")}>{t("updateRequired")}</Description>}
      <Description term={t("company")}>
        {connection.company}
        {connection.businessId && (
          <span className="text-ink-soft tabular-nums"> · {connection.businessId}</span>
        )}
      </Description>
      <Description term={t("vendorId", { connector: connection.connectorName })}>
        <code className="text-xs wrap-anywhere">{connection.externalId}</code>
      </Description>
      {connection.customerRef && (
        <Description term={t("customerRef")}>
          <code className="text-xs wrap-anywhere">{connection.customerRef}</code>
        </Description>
      )}
      <Description term={t("since")}>
        <Time at={connection.since} />
        {" · "}
        <TextLink href={requestHref}>{t("request")}</TextLink>
      </Description>
      <Description term={t("checked")}>
        {connection.checkedAt ? <Time at={connection.checkedAt} /> : t("notChecked")}
      </Description>
      <Description term={t("id")}>
        <code className="text-xs wrap-anywhere">{connection.id}</code>
      </Description>
    </DescriptionList>
  );
}

/** One connection: how it is, what holds it, and all that happened. */
export function ConnectionDetail({ connection, role, hrefs, actions, live, timeline, comparison }: Props) {
  const t = useTranslations("partner.connection");
  const note = useTranslations("partner.note");
  const happened = useTranslations("timeline");
  const causes = useVendorWords(connection.connectorId, "attention");
  const { integrationName, connectorName, partnerName, attention } = connection;
  const names = { connector: connectorName, integration: integrationName, partner: partnerName };
  const held = { ...connection, environmentName: connection.company };
  return (
    <>
      <div className="grid gap-3">
        <p className="flex flex-wrap items-center justify-between gap-3 text-sm">
          <TextLink href={hrefs.back}>{t("back")}</TextLink>
          {live}
        </p>
        <PageHeading title={connection.company} />
        <p className="flex flex-wrap items-center gap-3">
          <ConnectionPill
            connection={{
              state: connection.state,
              stepsLeft: 0,
              isPaused: connection.holds.some(({ hasBegun }) => hasBegun),
            }}
          />
          <CopyButton text={connection.id} label={t("copyId")} />
        </p>
      </div>
      {attention && (
        <Alert tone="warning" role="note" title={causes(`${attention}.title`, names)}>
          <p>{causes(`${attention}.whatToDo`, names)}</p>
          <p>{t("customerActs")}</p>
        </Alert>
      )}
      <HoldNotes connection={held} side="partner" lift={actions.holds.lift} />
      <CardSection
        id="facts"
        title={t("facts.title")}
        aside={
          connection.canEnd &&
          mayAsRole(role, "connections.pause") && (
            <HoldButtons
              connection={held}
              side="partner"
              mayEnd={mayAsRole(role, "connections.end")}
              actions={actions.holds}
            />
          )
        }
      >
        <Facts connection={connection} requestHref={hrefs.request} />
      </CardSection>
      {comparison}
      <CardSection id="timeline" title={happened("title")}>
        {timeline}
      </CardSection>
      {mayAsRole(role, "requests.note") && (
        <CardSection id="note" title={note("title")}>
          <NoteForm requestId={connection.requestId} addNote={actions.addNote} />
        </CardSection>
      )}
    </>
  );
}
