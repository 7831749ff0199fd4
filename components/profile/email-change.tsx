import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction, PlainFormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import type { EmailChangeOffer } from "@/lib/people/profile/schema";

type Offer = EmailChangeOffer | { state: "confirmed" } | { state: "undone" };
type Props = {
  offer: Offer;
  actions: { confirm: FormAction; undo: FormAction; signIn: PlainFormAction };
  hrefs: { home: string; profile: string; signIn: string };
};

function Frame({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  return (
    <Card className="grid gap-5 px-5 py-6 sm:px-8">
      <PageHeading title={title}>
        <p className="wrap-anywhere">{body}</p>
      </PageHeading>
      {children}
    </Card>
  );
}

function Confirm({ offer, actions }: Props & { offer: Extract<Offer, { state: "confirm" }> }) {
  const t = useTranslations("emailChange.confirm");
  const values = { oldEmail: offer.maskedOldEmail, newEmail: offer.newEmail };
  return (
    <Frame title={t("title", values)} body={t("body", values)}>
      {offer.isOwn ? (
        <ActionForm action={actions.confirm} className="grid gap-4">
          <FormError />
          <SubmitButton size="large" pendingLabel={t("pending")}>
            {t("submit")}
          </SubmitButton>
        </ActionForm>
      ) : (
        <>
          <Alert tone="info" role="note">
            {t("signInFirst", values)}
          </Alert>
          <form action={actions.signIn}>
            <button type="submit" className={buttonClass("primary", "large", "w-full wrap-anywhere")}>
              {t("signIn", values)}
            </button>
          </form>
        </>
      )}
      <p className="text-sm text-ink-soft">{t("notYou")}</p>
    </Frame>
  );
}

function Undo({ offer, actions }: Props & { offer: Extract<Offer, { state: "undo" }> }) {
  const t = useTranslations("emailChange.undo");
  const values = { oldEmail: offer.oldEmail, newEmail: offer.maskedNewEmail };
  return (
    <Frame title={t("title", values)} body={t("body", values)}>
      <ActionForm action={actions.undo} className="grid gap-4">
        <FormError />
        <SubmitButton size="large" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
      </ActionForm>
    </Frame>
  );
}

/** What a mail's link about a change of address leads to. */
export function EmailChange(props: Props) {
  const t = useTranslations("emailChange");
  const { offer, hrefs } = props;
  if (offer.state === "confirm") return <Confirm {...props} offer={offer} />;
  if (offer.state === "undo") return <Undo {...props} offer={offer} />;
  const ways = { confirmed: hrefs.home, undone: hrefs.signIn, unknown: hrefs.profile };
  return (
    <Frame title={t(`${offer.state}.title`)} body={t(`${offer.state}.body`)}>
      <p>
        <LinkButton href={ways[offer.state]} variant="secondary">
          {t(`${offer.state}.way`)}
        </LinkButton>
      </p>
    </Frame>
  );
}
