import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Disclosure } from "@/components/ui/disclosure";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { ApplicationView, TrialView } from "@/lib/partner/application/schema";
import { APPLICATION_LOOKS } from "./application-states";
import { TrialPanel } from "./trial-panel";

type Props = {
  application: ApplicationView;
  mayManage: boolean;
  live: ReactNode;
  hrefs: { back: string; change: string };
  actions: { tryIt: FormAction; discard: FormAction; remove: FormAction };
};

function Values({
  application,
  mayManage,
  changeHref,
}: {
  application: ApplicationView;
  mayManage: boolean;
  changeHref: string;
}) {
  const t = useTranslations("partnerApplications.values");
  const { provenAt, connectorName, fields, usedBy, standIn } = application;
  return (
    <CardSection
      id="values"
      title={t("title")}
      intro={
        provenAt
          ? t.rich("clientIntro", {
              connector: connectorName,
              time: () => <Time at={provenAt} />,
            })
          : t("never")
      }
      aside={
        mayManage && (
          <LinkButton href={changeHref} variant="secondary" size="small">
            {t("change")}
          </LinkButton>
        )
      }
    >
      <DescriptionList>
        {fields.map(({ name, title, isSecret, isThere, value }) => (
          <Description key={name} term={title}>
            {isSecret ? (
              <span className={isThere ? undefined : "text-warning-text"}>
                {t(isThere ? "secretThere" : "secretMissing")}
              </span>
            ) : (
              <span className="wrap-anywhere">{value ?? t("notGiven")}</span>
            )}
          </Description>
        ))}
        <Description term={t("usedBy")}>{usedBy.length > 0 ? usedBy.join(", ") : t("unused")}</Description>
      </DescriptionList>
      {standIn && (
        <p className="pt-3 text-sm text-ink-soft wrap-anywhere">{t("standIn", { address: standIn })}</p>
      )}
    </CardSection>
  );
}

function Addresses({ application }: { application: ApplicationView }) {
  const t = useTranslations("partnerApplications.addresses");
  const { returnAddresses, connectorName } = application;
  const hasAny = returnAddresses.length > 0;
  return (
    <CardSection
      id="addresses"
      title={t("title")}
      intro={hasAny ? t("intro", { connector: connectorName }) : t("none")}
    >
      {hasAny && (
        <ul className="grid gap-3">
          {returnAddresses.map((address) => (
            <li key={address} className="flex flex-wrap items-center gap-2">
              <code className="min-w-0 rounded-md bg-sunken px-2 py-1 text-xs wrap-anywhere">{address}</code>
              <CopyButton text={address} label={t("copy")} />
            </li>
          ))}
        </ul>
      )}
    </CardSection>
  );
}

function Former({ trial }: { trial: TrialView }) {
  const t = useTranslations("partnerApplications.history");
  const outcome = trial.state === "passed" || trial.state === "discarded" ? trial.state : "refused";
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-2.5 text-sm first:pt-0 last:pb-0">
      <p className="grid min-w-0 gap-0.5">
        <span className="wrap-anywhere">
          {t.rich("by", {
            kind: trial.kind,
            by: trial.requestedBy ?? "none",
            time: () => <Time at={trial.at} />,
          })}
        </span>
        {trial.replaces.length > 0 && (
          <span className="text-ink-soft">{t("replaced", { names: trial.replaces.join(", ") })}</span>
        )}
      </p>
      <StatusPill tone={outcome === "passed" ? "success" : "neutral"}>{t(outcome)}</StatusPill>
    </li>
  );
}

function Remove({ application, remove }: { application: ApplicationView; remove: FormAction }) {
  const t = useTranslations("partnerApplications.delete");
  const { usedBy, connectorName, clientId } = application;
  const isNeeded = usedBy.length > 0;
  return (
    <CardSection
      id="delete"
      title={t("title")}
      intro={isNeeded ? t("needed", { names: usedBy.join(", ") }) : t("intro", { connector: connectorName })}
    >
      {!isNeeded && (
        <ConfirmDialog
          trigger={t("open")}
          triggerSize="small"
          title={t("ask", { name: clientId })}
          description={t("body")}
          keepLabel={t("keep")}
          confirmLabel={t("confirm")}
          pendingLabel={t("pending")}
          action={remove}
          hidden={{}}
        />
      )}
    </CardSection>
  );
}

/** One vendor application: what is in use, how it was tried, and where it is needed. */
export function ApplicationDetail({ application, mayManage, live, hrefs, actions }: Props) {
  const t = useTranslations("partnerApplications");
  const stages = useTranslations("partner.stages");
  const { connectorName, clientId, stage, state, fields, history } = application;
  const replaceable = fields.filter(({ isSecret, replacing }) => isSecret && replacing);
  return (
    <>
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <TextLink href={hrefs.back} className="text-sm">
            {t("back")}
          </TextLink>
          {live}
        </div>
        <PageHeading title={<span className="wrap-anywhere">{`${connectorName}: ${clientId}`}</span>}>
          <p className="flex flex-wrap items-center gap-2">
            {stages(stage === "production" ? "production" : "test")}
            <StatusPill {...APPLICATION_LOOKS[state]}>{t(`states.${state}`)}</StatusPill>
          </p>
        </PageHeading>
      </div>
      <TrialPanel
        application={application}
        mayManage={mayManage}
        changeHref={hrefs.change}
        actions={actions}
      />
      <Values application={application} mayManage={mayManage} changeHref={hrefs.change} />
      <Addresses application={application} />
      {mayManage && replaceable.length > 0 && (
        <CardSection id="replacing" title={t("replacing.title")}>
          <DescriptionList>
            {replaceable.map(({ name, title, replacing }) => (
              <Description key={name} term={title}>
                {replacing}
              </Description>
            ))}
          </DescriptionList>
        </CardSection>
      )}
      {history.length > 0 && (
        <Disclosure summary={t("history.title")}>
          <ul className="divide-y divide-line rounded-xl border border-line bg-surface px-4 py-3">
            {history.map((trial) => (
              <Former key={trial.id} trial={trial} />
            ))}
          </ul>
        </Disclosure>
      )}
      {mayManage && <Remove application={application} remove={actions.remove} />}
    </>
  );
}
