import { useTranslations } from "next-intl";
import { InvitationList } from "@/components/account/invitation-list";
import { InviteForm } from "@/components/account/invite-form";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import type { GuestView, InvitationView } from "@/lib/people/membership/schema";
import { AccessChoice } from "./access-choice";
import { GuestList } from "./guest-list";

type Props = {
  draft: { id: string; linkToken: string };
  names: { account: string; integration: string; connector: string };
  /** Addresses of those who are in the account and see the prepared request already. */
  colleagues: string[];
  /** Those that hand this draft over and are not accepted yet. */
  invitations: InvitationView[];
  /** Who has the draft in hand and sees nothing else. */
  guests: GuestView[];
  actions: {
    /** Gets `email`, `access`, `linkToken` and `draftId`. */
    handOver: FormAction;
    /** Gets `invitationId`. */
    withdraw: FormAction;
    /** Gets `guestId`. */
    takeBack: FormAction;
  };
  backHref: string;
};

/** Sends the prepared request to a colleague, and says what that means for both. */
export function HandOver({ draft, names, colleagues, invitations, guests, actions, backHref }: Props) {
  const t = useTranslations("handOver");
  return (
    <>
      <PageHeading title={t("title")}>
        <p>{t("intro", names)}</p>
      </PageHeading>
      <Card className="grid gap-2 px-4 py-5 sm:px-6">
        <ol className="grid list-decimal gap-1.5 pb-4 pl-5 text-sm marker:text-ink-soft">
          {(["mail", "join", "goOn", "follow"] as const).map((step) => (
            <li key={step}>{t(`steps.${step}`, names)}</li>
          ))}
        </ol>
        <InviteForm
          invite={actions.handOver}
          hidden={{ draftId: draft.id, linkToken: draft.linkToken }}
          label={t("submit")}
        >
          <AccessChoice accountName={names.account} />
        </InviteForm>
        {invitations.length > 0 && (
          <InvitationList heading="h2" invitations={invitations} withdraw={actions.withdraw} />
        )}
      </Card>
      {guests.length > 0 && (
        <Card className="px-4 py-5 sm:px-6">
          <GuestList heading="h2" guests={guests} takeBack={actions.takeBack} />
        </Card>
      )}
      {colleagues.length > 0 && (
        <Disclosure summary={t("colleagues.summary", { count: colleagues.length })}>
          <div className="grid gap-2 pl-5.5 text-sm">
            <p className="text-ink-soft">{t("colleagues.body")}</p>
            <ul className="grid gap-0.5">
              {colleagues.map((email) => (
                <li key={email} className="wrap-anywhere">
                  {email}
                </li>
              ))}
            </ul>
          </div>
        </Disclosure>
      )}
      <p>
        <TextLink href={backHref} className="text-sm">
          {t("back")}
        </TextLink>
      </p>
    </>
  );
}
