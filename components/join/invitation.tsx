import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction, PlainFormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import type { InvitationOffer } from "@/lib/people/membership/schema";

type Props = {
  offer: InvitationOffer;
  viewerEmail: string | null;
  accept: FormAction;
  /** Signs out if need be, and comes back as the invited person. */
  signInAsInvited: PlainFormAction;
  homeHref: string;
};

/** For a link that leads nowhere any more. */
export function Ended({ why, homeHref }: { why: string; homeHref: string }) {
  const t = useTranslations("join");
  return (
    <Card className="grid justify-items-start gap-5 px-5 py-6 sm:px-8">
      <PageHeading title={t(`ended.${why}.title`)}>
        <p>{t(`ended.${why}.whatToDo`)}</p>
      </PageHeading>
      <LinkButton href={homeHref} variant="secondary">
        {t("toHome")}
      </LinkButton>
    </Card>
  );
}

/** For who is not signed in, or signed in as somebody else. */
export function SignInFirst({
  maskedEmail,
  viewerEmail,
  signInAsInvited,
}: Pick<Props, "viewerEmail" | "signInAsInvited"> & { maskedEmail: string }) {
  const t = useTranslations("join");
  return (
    <>
      {viewerEmail && (
        <Alert tone="warning" role="note" title={t("otherAddress.title", { email: viewerEmail })}>
          {t("otherAddress.body", { email: maskedEmail })}
        </Alert>
      )}
      <form action={signInAsInvited} className="grid gap-2">
        <button type="submit" className={buttonClass("primary", "large", "wrap-anywhere")}>
          {t("signIn", { email: maskedEmail })}
        </button>
        <p className="text-sm text-ink-soft">{t("signInHelp")}</p>
      </form>
    </>
  );
}

const TITLES = { plain: "title", request: "requestTitle", handOver: "handOverTitle" } as const;
const INTROS = { plain: "intro", request: "requestIntro", handOver: "handOverIntro" } as const;
const ACCEPTS = { plain: "accept", request: "acceptRequest", handOver: "acceptHandOver" } as const;

/** Who invites into what, and what joining means. */
export function Invitation(props: Props) {
  const t = useTranslations("join");
  const { offer } = props;
  if (offer.state === "unknown") return <Ended why="unknown" homeHref={props.homeHref} />;
  if (offer.state === "ended") return <Ended why={offer.why} homeHref={props.homeHref} />;
  const isAlone = offer.access === "request";
  const kind = offer.handsOver === null ? "plain" : isAlone ? "request" : "handOver";
  const values = { account: offer.accountName, inviter: offer.invitedBy, ...offer.handsOver };
  return (
    <Card className="grid gap-5 px-5 py-6 sm:px-8">
      <PageHeading title={t(TITLES[kind], values)}>
        <p>{t(INTROS[kind], values)}</p>
        <p className="pt-2">{t(isAlone ? "requestMeans" : "means", values)}</p>
      </PageHeading>
      {offer.isForViewer ? (
        <ActionForm action={props.accept} className="grid gap-4">
          <FormError />
          <SubmitButton size="large" pendingLabel={t("pending")} className="wrap-anywhere">
            {t(ACCEPTS[kind])}
          </SubmitButton>
        </ActionForm>
      ) : (
        <SignInFirst {...props} maskedEmail={offer.maskedEmail} />
      )}
      <p className="text-sm text-ink-soft">{t("notYou", values)}</p>
    </Card>
  );
}
