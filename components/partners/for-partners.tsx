import { ArrowRight, KeyRound, Link2, Radio, UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { Time } from "@/components/ui/time";
import type { OwnApplicationView } from "@/lib/partner/join/schema";
import type { PartnerChoice } from "@/lib/partner/organization/schema";

const GETS = [
  { key: "link", Icon: Link2 },
  { key: "console", Icon: Radio },
  { key: "api", Icon: KeyRound },
  { key: "team", Icon: UsersRound },
] as const;

type Props = {
  /** null: nobody is signed in. */
  email: string | null;
  application: OwnApplicationView | null;
  partners: PartnerChoice[];
  signInHref: string;
  ask: FormAction;
};

function Ask({ email, application, signInHref, ask }: Props) {
  const t = useTranslations("partners.ask");
  const own = useTranslations("partners.own");
  if (email === null)
    return (
      <div className="grid justify-items-start gap-3 text-sm">
        <p className="text-ink-soft">{t("signInFirst")}</p>
        <LinkButton href={signInHref}>
          {t("signIn")}
          <ArrowRight aria-hidden className="size-4" />
        </LinkButton>
      </div>
    );
  if (application?.state === "open")
    return (
      <Alert tone="success" role="status" title={own("open.title", { name: application.name })}>
        {own.rich("open.body", { date: () => <Time at={application.askedAt} precision="date" /> })}
      </Alert>
    );
  return (
    <ActionForm action={ask} className="grid gap-4 sm:grid-cols-2">
      <FormError className="sm:col-span-2" />
      {application?.state === "refused" && (
        <div className="sm:col-span-2">
          <Alert tone="warning" role="note" title={own("refused.title", { name: application.name })}>
            {own("refused.body", { reason: application.reason ?? "" })}
          </Alert>
        </div>
      )}
      <p className="text-sm text-ink-soft sm:col-span-2">{t("as", { email })}</p>
      <Field name="name" label={t("name")} isRequired>
        <Input maxLength={80} autoComplete="organization" />
      </Field>
      <Field name="businessId" label={t("businessId")} isRequired>
        <Input maxLength={30} autoComplete="off" />
      </Field>
      <div className="sm:col-span-2">
        <Field name="websiteUrl" label={t("websiteUrl")} isRequired>
          <Input type="url" maxLength={300} autoComplete="url" placeholder="https://" />
        </Field>
      </div>
      <div className="sm:col-span-2">
        <Field name="message" label={t("message")} help={t("messageHelp")} isRequired>
          <Textarea maxLength={2000} />
        </Field>
      </div>
      <div>
        <SubmitButton pendingLabel={t("pending")}>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** What a partner gets here, and how to become one. */
export function ForPartners(props: Props) {
  const t = useTranslations("partners");
  const home = useTranslations("home");
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
      </PageHeading>
      {props.partners.length > 0 && (
        <p className="flex flex-wrap items-center gap-3 text-sm">
          <span className="text-ink-soft">{t("consoles")}</span>
          {props.partners.map(({ slug, name }) => (
            <LinkButton key={slug} href={`/partner/${slug}`} variant="secondary" size="small">
              {home("console", { partner: name })}
            </LinkButton>
          ))}
        </p>
      )}
      <CardSection id="gets" title={t("gets.title")}>
        <ul className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
          {GETS.map(({ key, Icon }) => (
            <li key={key} className="flex gap-3 text-sm">
              <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-accent-text" />
              <div className="grid content-start gap-0.5">
                <h3 className="font-medium">{t(`gets.${key}.title`)}</h3>
                <p className="text-ink-soft">{t(`gets.${key}.body`)}</p>
              </div>
            </li>
          ))}
        </ul>
      </CardSection>
      <CardSection id="ask" title={t("ask.title")} intro={t("ask.intro")}>
        <Ask {...props} />
      </CardSection>
    </div>
  );
}
