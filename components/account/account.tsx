import { useTranslations } from "next-intl";
import { GuestList } from "@/components/flow/hand-over/guest-list";
import { Card, CardSection } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import type { AccountView } from "@/lib/people/membership/schema";
import { InvitationList } from "./invitation-list";
import { InviteForm } from "./invite-form";
import { MemberList } from "./member-list";
import { RenameForm } from "./rename-form";

export type AccountActions = {
  /** Gets `email`. */
  invite: FormAction;
  /** Gets `invitationId`. */
  withdraw: FormAction;
  /** Gets `userId`; one's own means leaving. */
  remove: FormAction;
  /** Gets `guestId`. */
  takeBack: FormAction;
  /** Gets `name`. */
  rename: FormAction;
};

/** The account: its members, who is invited, and its name. */
export function Account({ view, actions }: { view: AccountView; actions: AccountActions }) {
  const t = useTranslations("account");
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
      </PageHeading>
      <CardSection id="members" title={t("members.title", { count: view.members.length })}>
        <MemberList accountName={view.name} members={view.members} remove={actions.remove} />
      </CardSection>
      <CardSection id="invite" title={t("invite.title")} intro={t("invite.intro")}>
        <InviteForm invite={actions.invite} />
        {view.invitations.length > 0 && (
          <InvitationList
            heading="h3"
            invitations={view.invitations}
            invite={actions.invite}
            withdraw={actions.withdraw}
          />
        )}
      </CardSection>
      {view.guests.length > 0 && (
        <Card className="px-4 py-5 sm:px-6">
          <GuestList heading="h2" guests={view.guests} takeBack={actions.takeBack} />
        </Card>
      )}
      <CardSection id="name" title={t("name.title")} intro={t("name.intro")}>
        <RenameForm name={view.name} rename={actions.rename} />
      </CardSection>
    </div>
  );
}
