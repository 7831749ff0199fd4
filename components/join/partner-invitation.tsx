import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction, PlainFormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PartnerInvitationOffer } from "@/lib/partner/organization/schema";
import { Ended, SignInFirst } from "./invitation";

type Props = {
  offer: PartnerInvitationOffer;
  viewerEmail: string | null;
  accept: FormAction;
  /** Signs out if need be, and comes back as the invited person. */
  signInAsInvited: PlainFormAction;
  homeHref: string;
};

/** Who invites into which partner, and what the role means. */
export function PartnerInvitation({ offer, viewerEmail, accept, signInAsInvited, homeHref }: Props) {
  const t = useTranslations("joinPartner");
  if (offer.state === "unknown") return <Ended why="unknown" homeHref={homeHref} />;
  if (offer.state === "ended") return <Ended why={offer.why} homeHref={homeHref} />;
  const values = { partner: offer.partnerName, inviter: offer.invitedBy };
  return (
    <Card className="grid gap-5 px-5 py-6 sm:px-8">
      <PageHeading title={t("title", values)}>
        <p>{t("intro", values)}</p>
        <p className="pt-2">{t(`means.${offer.role}`)}</p>
      </PageHeading>
      {offer.isForViewer ? (
        <ActionForm action={accept} className="grid gap-4">
          <FormError />
          <SubmitButton size="large" pendingLabel={t("pending")} className="wrap-anywhere">
            {t("accept", values)}
          </SubmitButton>
        </ActionForm>
      ) : (
        <SignInFirst
          maskedEmail={offer.maskedEmail}
          viewerEmail={viewerEmail}
          signInAsInvited={signInAsInvited}
        />
      )}
      <p className="text-sm text-ink-soft">{t("notYou", values)}</p>
    </Card>
  );
}
