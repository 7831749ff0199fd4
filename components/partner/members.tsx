import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { SavedNote } from "@/components/ui/saved-note";
import { Select } from "@/components/ui/select";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { PARTNER_ROLES } from "@/lib/partner/organization/roles";
import type {
  MembersView,
  PartnerInvitationView,
  PartnerMemberView,
} from "@/lib/partner/organization/schema";
import { InviteMemberForm } from "./invite-member-form";

type MemberActions = {
  invite: FormAction;
  /** Gets `invitationId`. */
  withdraw: FormAction;
  /** Gets `userId` and `role`. */
  changeRole: FormAction;
  /** Gets `userId`; one's own means leaving. */
  remove: FormAction;
};
type Props = { view: MembersView; partnerName: string; mayManage: boolean; actions: MemberActions };

function useRoleChoices() {
  const t = useTranslations("partner.roleMeans");
  return PARTNER_ROLES.map((value) => ({ value, label: t(value) }));
}

function Role({ member, changeRole }: { member: PartnerMemberView; changeRole: FormAction }) {
  const t = useTranslations("partner.members");
  const roles = useRoleChoices();
  return (
    <ActionForm
      key={member.role}
      action={changeRole}
      hidden={{ userId: member.userId }}
      className="grid gap-1"
    >
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 basis-full sm:flex-1">
          <Select name="role" aria-label={t("role", { email: member.email })} defaultValue={member.role}>
            {roles.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </div>
        <SubmitButton variant="secondary" size="small" pendingLabel={t("changing")}>
          {t("changeRole")}
        </SubmitButton>
      </div>
      <FormError />
      <SavedNote>{t("changed")}</SavedNote>
    </ActionForm>
  );
}

function MemberRow({
  member,
  partnerName,
  mayManage,
  actions,
}: { member: PartnerMemberView } & Omit<Props, "view">) {
  const t = useTranslations("partner.members");
  const means = useTranslations("partner.roleMeans");
  const end = useTranslations(member.isViewer ? "partner.members.leave" : "partner.members.remove");
  const values = { email: member.email, partner: partnerName };
  return (
    <li className="grid gap-2 py-3 text-sm first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="grid min-w-0 gap-0.5">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-medium wrap-anywhere">{member.email}</span>
            {member.isViewer && <StatusPill tone="neutral">{t("you")}</StatusPill>}
          </p>
          <p className="text-ink-soft">
            {t.rich("since", { date: () => <Time at={member.since} precision="date" /> })}
          </p>
        </div>
        {(mayManage || member.isViewer) && (
          <ConfirmDialog
            trigger={end("open")}
            triggerVariant="quiet"
            triggerSize="small"
            title={end("title", values)}
            description={end("body", values)}
            keepLabel={end("keep")}
            confirmLabel={end("confirm")}
            pendingLabel={end("pending")}
            action={actions.remove}
            hidden={{ userId: member.userId }}
          />
        )}
      </div>
      {mayManage ? (
        <Role member={member} changeRole={actions.changeRole} />
      ) : (
        <p className="text-ink-soft">{means(member.role)}</p>
      )}
    </li>
  );
}

function Invited({ invitations, withdraw }: { invitations: PartnerInvitationView[]; withdraw: FormAction }) {
  const t = useTranslations("partner.invite");
  const roles = useTranslations("partner.roles");
  return (
    <section aria-labelledby="invited" className="pt-6 text-sm">
      <h3 id="invited" className="border-b border-line pb-1.5 font-semibold">
        {t("open", { count: invitations.length })}
      </h3>
      <ul className="divide-y divide-line">
        {invitations.map((invitation) => (
          <li
            key={invitation.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 last:pb-0"
          >
            <div className="grid min-w-0 gap-0.5">
              <p className="font-medium wrap-anywhere">{invitation.email}</p>
              <p className="text-ink-soft">
                {t.rich("until", {
                  role: roles(invitation.role),
                  date: () => <Time at={invitation.expiresAt} precision="date" />,
                })}
              </p>
            </div>
            <ActionForm action={withdraw} hidden={{ invitationId: invitation.id }}>
              <FormError />
              <SubmitButton variant="secondary" size="small" pendingLabel={t("withdrawing")}>
                {t("withdraw")}
              </SubmitButton>
            </ActionForm>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who works for the partner, and who is asked to. */
export function Members({ view, partnerName, mayManage, actions }: Props) {
  const t = useTranslations("partner");
  const roles = useRoleChoices();
  return (
    <>
      <PageHeading title={t("members.title")}>
        <p>{t("members.intro", { partner: partnerName })}</p>
      </PageHeading>
      <CardSection
        id="members"
        title={t("members.list", { count: view.members.length })}
        intro={mayManage ? undefined : t("members.onlyOwners")}
      >
        <ul className="divide-y divide-line">
          {view.members.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              partnerName={partnerName}
              mayManage={mayManage}
              actions={actions}
            />
          ))}
        </ul>
      </CardSection>
      {mayManage && (
        <CardSection id="invite" title={t("invite.title")} intro={t("invite.intro")}>
          <InviteMemberForm invite={actions.invite} roles={roles} defaultRole="support" />
          {view.invitations.length > 0 && (
            <Invited invitations={view.invitations} withdraw={actions.withdraw} />
          )}
        </CardSection>
      )}
    </>
  );
}
