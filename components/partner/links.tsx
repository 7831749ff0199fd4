import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { PageHeading } from "@/components/ui/page-heading";
import { Select } from "@/components/ui/select";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { EXPIRY_DAYS, type IntegrationChoice, type LinkView } from "@/lib/partner/organization/schema";
import { ExpiryField } from "./expiry-field";

type Props = {
  links: LinkView[];
  integrations: IntegrationChoice[];
  /** The member may make and withdraw links. */
  mayManage: boolean;
  actions: { create: FormAction; withdraw: FormAction };
};

export function useExpiryChoices(): { value: string; label: string }[] {
  const t = useTranslations("partner.expiry");
  return [
    { value: "never", label: t("never") },
    ...EXPIRY_DAYS.map((days) => ({ value: String(days), label: t(`${days}`) })),
  ];
}

function Create({ integrations, create }: { integrations: IntegrationChoice[]; create: FormAction }) {
  const t = useTranslations("partner.links.create");
  const stages = useTranslations("partner.stages");
  const expiry = useExpiryChoices();
  if (integrations.length === 0) return <p className="text-sm text-ink-soft">{t("none")}</p>;
  return (
    <ActionForm action={create} className="grid gap-4 sm:grid-cols-2">
      <FormError className="sm:col-span-2" />
      <Field name="integrationId" label={t("integration")} isRequired>
        <Select>
          {integrations.map(({ id, name, stage }) => (
            <option key={id} value={id}>
              {name} ({stages(stage === "production" ? "production" : "test")})
            </option>
          ))}
        </Select>
      </Field>
      <ExpiryField label={t("expires")} choices={expiry} />
      <div className="sm:col-span-2">
        <Field name="label" label={t("label")} help={t("labelHelp")} isRequired>
          <Input maxLength={120} autoComplete="off" />
        </Field>
      </div>
      <div>
        <SubmitButton pendingLabel={t("pending")}>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

function Row({ link, mayManage, withdraw }: { link: LinkView; mayManage: boolean; withdraw: FormAction }) {
  const t = useTranslations("partner.links");
  const stages = useTranslations("partner.stages");
  const isLive = link.state === "live";
  const { expiresAt } = link;
  return (
    <li className="grid gap-2 py-3 text-sm first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <p className="grid min-w-0 gap-0.5">
          <span className="font-medium wrap-anywhere">{link.label}</span>
          <span className="text-ink-soft">
            {link.integrationName} ({stages(link.stage === "production" ? "production" : "test")}),{" "}
            {t.rich("made", { time: () => <Time at={link.createdAt} precision="date" /> })}
            {expiresAt && <>, {t.rich("until", { time: () => <Time at={expiresAt} precision="date" /> })}</>}
          </span>
        </p>
        <StatusPill tone={isLive ? "success" : "neutral"}>{t(`states.${link.state}`)}</StatusPill>
      </div>
      {isLive && (
        <>
          <code className="rounded-md bg-sunken px-2 py-1 text-xs wrap-anywhere">{link.url}</code>
          <div className="flex flex-wrap gap-2">
            <CopyButton text={link.url} label={t("copy")} />
            {mayManage && (
              <ConfirmDialog
                trigger={t("withdraw.open")}
                triggerVariant="quiet"
                triggerSize="small"
                title={t("withdraw.title", { label: link.label })}
                description={t("withdraw.body")}
                keepLabel={t("withdraw.keep")}
                confirmLabel={t("withdraw.confirm")}
                pendingLabel={t("withdraw.pending")}
                action={withdraw}
                hidden={{ linkId: link.id }}
              />
            )}
          </div>
        </>
      )}
    </li>
  );
}

/** Addresses that lead customers to an integration. */
export function Links({ links, integrations, mayManage, actions }: Props) {
  const t = useTranslations("partner.links");
  return (
    <>
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
      </PageHeading>
      {mayManage && (
        <CardSection id="create" title={t("create.title")}>
          <Create integrations={integrations} create={actions.create} />
        </CardSection>
      )}
      {links.length === 0 ? (
        <EmptyState icon={Link2} title={t("empty.title")}>
          <p>{t("empty.body")}</p>
        </EmptyState>
      ) : (
        <CardSection id="links" title={t("list", { count: links.length })}>
          <ul className="divide-y divide-line">
            {links.map((link) => (
              <Row key={link.id} link={link} mayManage={mayManage} withdraw={actions.withdraw} />
            ))}
          </ul>
        </CardSection>
      )}
    </>
  );
}
