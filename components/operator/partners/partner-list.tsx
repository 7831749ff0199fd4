import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { OutsideLink } from "@/components/ui/text-link";
import { Textarea } from "@/components/ui/textarea";
import { Time } from "@/components/ui/time";
import { type ApplicationView, type PartnerOverview, suggestSlug } from "@/lib/partner/join/schema";

type Actions = {
  /** Gets `applicationId` and `slug`. */
  accept: FormAction;
  /** Gets `applicationId` and `reason`. */
  refuse: FormAction;
};
type Props = { applications: ApplicationView[]; partners: PartnerOverview[]; actions: Actions };

const TONES = { open: "warning", accepted: "success", refused: "neutral" } as const;

function Decide({ application, actions }: { application: ApplicationView; actions: Actions }) {
  const t = useTranslations("operator.partners");
  const { id: applicationId, name } = application;
  return (
    <div className="flex flex-wrap gap-2">
      <ConfirmDialog
        trigger={t("accept.open")}
        triggerSize="small"
        title={t("accept.title", { name })}
        description={t("accept.body")}
        keepLabel={t("accept.keep")}
        confirmLabel={t("accept.confirm")}
        confirmVariant="primary"
        pendingLabel={t("accept.pending")}
        action={actions.accept}
        hidden={{ applicationId }}
      >
        <Field name="slug" label={t("accept.slug")} help={t("accept.slugHelp")} isRequired>
          <Input defaultValue={suggestSlug(name)} maxLength={60} autoComplete="off" spellCheck={false} />
        </Field>
      </ConfirmDialog>
      <ConfirmDialog
        trigger={t("refuse.open")}
        triggerVariant="quiet"
        triggerSize="small"
        title={t("refuse.title", { name })}
        description={t("refuse.body")}
        keepLabel={t("refuse.keep")}
        confirmLabel={t("refuse.confirm")}
        pendingLabel={t("refuse.pending")}
        action={actions.refuse}
        hidden={{ applicationId }}
      >
        <Field name="reason" label={t("refuse.reason")} isRequired>
          <Textarea maxLength={1000} />
        </Field>
      </ConfirmDialog>
    </div>
  );
}

function Application({ application, actions }: { application: ApplicationView; actions: Actions }) {
  const t = useTranslations("operator.partners");
  return (
    <li className="grid gap-2 py-3 text-sm first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <p className="grid min-w-0 gap-0.5">
          <span className="font-medium wrap-anywhere">
            {application.name} <span className="font-normal text-ink-soft">{application.businessId}</span>
          </span>
          <span className="text-ink-soft wrap-anywhere">
            {t.rich("asked", {
              email: application.email ?? t("former"),
              time: () => <Time at={application.askedAt} />,
            })}
          </span>
        </p>
        <StatusPill tone={TONES[application.state]}>{t(`states.${application.state}`)}</StatusPill>
      </div>
      <p className="wrap-anywhere">
        <OutsideLink href={application.websiteUrl}>{application.websiteUrl}</OutsideLink>
      </p>
      <p className="whitespace-pre-line wrap-anywhere">{application.message}</p>
      {application.reason && <p className="text-ink-soft wrap-anywhere">{application.reason}</p>}
      {application.state === "open" && <Decide application={application} actions={actions} />}
    </li>
  );
}

/** Who asks to become a partner, and who is one. */
export function PartnerList({ applications, partners, actions }: Props) {
  const t = useTranslations("operator.partners");
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
      </PageHeading>
      <CardSection id="applications" title={t("applications")}>
        {applications.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("none")}</p>
        ) : (
          <ul className="divide-y divide-line">
            {applications.map((application) => (
              <Application key={application.id} application={application} actions={actions} />
            ))}
          </ul>
        )}
      </CardSection>
      {partners.length > 0 && (
        <CardSection id="partners" title={t("list", { count: partners.length })}>
          <ul className="divide-y divide-line text-sm">
            {partners.map(({ slug, name, since }) => (
              <li key={slug} className="flex flex-wrap justify-between gap-x-4 gap-y-0.5 py-2.5">
                <span className="min-w-0 font-medium wrap-anywhere">
                  {name} <code className="text-xs font-normal text-ink-soft">{slug}</code>
                </span>
                <span className="text-ink-soft">
                  {t.rich("since", { time: () => <Time at={since} precision="date" /> })}
                </span>
              </li>
            ))}
          </ul>
        </CardSection>
      )}
    </div>
  );
}
