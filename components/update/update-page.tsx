import { useTranslations } from "next-intl";
import { DifferenceRow } from "@/components/flow/changed/difference-row";
import { useRightWords } from "@/components/flow/rights/use-right-words";
import { AgreementWords } from "@/components/flow/specification/agreement-words";
import { WholeSpecification } from "@/components/flow/specification/whole-specification";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Card, CardSection } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox-field";
import { CopyButton } from "@/components/ui/copy-button";
import { Disclosure } from "@/components/ui/disclosure";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { Finding } from "@/lib/catalogue/integration/schema";
import type { UpdateGroup, UpdateView } from "@/lib/connection/update/schema";
import { PickCompanies } from "./pick-companies";

type Props = {
  view: UpdateView;
  /** Gets `updateId`, `contentHash`, `language`, `connections` as often as there are, and `accepted`. */
  acceptUpdate: FormAction;
  hrefs: { home: string /** The page's own, for a colleague. */; address: string };
};

/** Why the customer is asked, in one line for each reason. */
function Reasons({ findings, connectorId }: { findings: readonly Finding[]; connectorId: string }) {
  const t = useTranslations();
  const rights = useRightWords(connectorId);
  const asking = findings.filter(({ verdict }) => verdict === "needs_consent");
  if (asking.length === 0) return null;
  const said = ({ why, detail = "" }: Finding) =>
    t(`updateWhy.${why}`, { detail: why === "wider_right" ? rights.right(detail) : detail });
  return (
    <Alert tone="warning" role="note" title={t("updates.asked")}>
      <ul className="grid list-disc gap-0.5 ps-5">
        {asking.map((finding) => (
          <li key={`${finding.field} ${finding.why} ${finding.detail ?? ""}`} className="wrap-anywhere">
            {t(`specification.fields.${finding.field}`)}: {said(finding)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

type ChangesProps = {
  view: UpdateView;
  group: Omit<UpdateGroup, "connections">;
  title: string;
  isWaiting: boolean;
};

function Changes({ view, group, title, isWaiting }: ChangesProps) {
  const sides = { partner: view.partnerName, connector: view.connector };
  return (
    <section aria-label={title} className="grid gap-3">
      <h2 className="text-lg font-semibold">{title}</h2>
      {isWaiting && <Reasons findings={group.findings} connectorId={view.connector.id} />}
      <Card>
        <ul className="divide-y divide-line">
          {group.differences.map((difference) => (
            <DifferenceRow key={difference.field} difference={difference} sides={sides} />
          ))}
        </ul>
      </Card>
    </section>
  );
}

function AcceptForm({ view, acceptUpdate, hrefs }: Props) {
  const t = useTranslations("updates");
  const { id: updateId, contentHash, language, content, partnerName, groups } = view;
  const companies = groups.flatMap(({ connections, fromVersion }) =>
    connections.map((one) => ({ ...one, fromVersion: groups.length > 1 ? fromVersion : null })),
  );
  return (
    <CardSection id="accept" title={t("companies")} intro={t("companiesHelp")}>
      <ActionForm
        action={acceptUpdate}
        hidden={{ updateId, contentHash, language }}
        className="grid justify-items-start gap-4"
      >
        <FormError className="w-full" />
        {/* Begun anew once some were accepted, as when the page is loaded. */}
        <PickCompanies key={companies.length} companies={companies} />
        {view.hasMore && <p className="text-sm text-ink-soft">{t("more", { count: companies.length })}</p>}
        <CheckboxField name="accepted">
          {t("checkbox", { version: content.terms.version, partner: partnerName })}
          <AgreementWords content={content} />
        </CheckboxField>
        <SubmitButton size="large" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-ink-soft">
          <p>{t("colleague")}</p>
          <CopyButton text={hrefs.address} label={t("copy")} />
        </div>
      </ActionForm>
    </CardSection>
  );
}

/** What accepting led to, or what applies without it. */
function Done({ view, homeHref }: { view: UpdateView; homeHref: string }) {
  const t = useTranslations("updates");
  const isAccepted = view.accepted.length > 0;
  return (
    <Alert
      tone={isAccepted ? "success" : "info"}
      role="status"
      title={isAccepted ? t("done", { version: view.version }) : undefined}
      action={
        <LinkButton href={homeHref} size="small" variant="secondary">
          {t("toHome")}
        </LinkButton>
      }
    >
      <p>{isAccepted ? t("doneHelp", { connector: view.connector.name }) : t("announced")}</p>
    </Alert>
  );
}

/** A new version of an integration for companies that are active: only what changes, and one acceptance for all of them. */
export function UpdatePage({ view, acceptUpdate, hrefs }: Props) {
  const t = useTranslations("updates");
  const whole = useTranslations("changed");
  const { groups, followed, accepted } = view;
  const isWaiting = groups.length > 0;
  const shown = isWaiting ? groups : followed;
  const titleOf = (fromVersion: number) => {
    const key = isWaiting ? "changes" : "changed";
    return shown.length > 1 ? t(`${key}From`, { version: fromVersion }) : t(key);
  };
  const values = {
    partner: view.partnerName,
    version: view.version,
    time: () => <Time at={view.publishedAt} />,
  };
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title", { integration: view.integrationName })}>
        <p>{t.rich(isWaiting ? "intro" : "followed", values)}</p>
      </PageHeading>
      {!isWaiting && <Done view={view} homeHref={hrefs.home} />}
      {shown.map((group) => (
        <Changes
          key={group.fromVersion}
          view={view}
          group={group}
          title={titleOf(group.fromVersion)}
          isWaiting={isWaiting}
        />
      ))}
      <Disclosure summary={whole("readAll")}>
        <div className="pt-3">
          <WholeSpecification
            content={view.content}
            partnerName={view.partnerName}
            connector={view.connector}
          />
        </div>
      </Disclosure>
      {isWaiting && <AcceptForm view={view} acceptUpdate={acceptUpdate} hrefs={hrefs} />}
      {accepted.length > 0 && (
        <CardSection id="acceptances" title={t("acceptedTitle")}>
          <ul className="grid gap-2 text-sm">
            {accepted.map(({ id, by, at, count }) => (
              <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="wrap-anywhere">{t("accepted", { by, count })}</span>
                <span className="text-ink-soft">
                  <Time at={at} />
                </span>
              </li>
            ))}
          </ul>
        </CardSection>
      )}
    </div>
  );
}
