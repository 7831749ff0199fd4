import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { InvitationView } from "@/lib/people/membership/schema";

type Actions = { withdraw: FormAction; invite?: FormAction };
type Props = Actions & {
  invitations: InvitationView[];
  /** Below a section's heading, or below the page's own. */
  heading: "h2" | "h3";
};

function Row({ invitation, withdraw, invite }: { invitation: InvitationView } & Actions) {
  const t = useTranslations("account.invitations");
  const values = {
    inviter: invitation.invitedBy,
    date: () => <Time at={invitation.expiresAt} precision="date" />,
  };
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 last:pb-0">
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium wrap-anywhere">{invitation.email}</p>
        <p className="text-ink-soft">
          {invitation.handsOver
            ? t.rich("handOver", { ...values, integration: invitation.handsOver })
            : t.rich("until", values)}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {invite && invitation.handsOver === null && (
          <ActionForm action={invite} hidden={{ email: invitation.email }}>
            <FormError />
            <SubmitButton variant="secondary" size="small" pendingLabel={t("sending")}>
              {t("again")}
            </SubmitButton>
          </ActionForm>
        )}
        <ActionForm action={withdraw} hidden={{ invitationId: invitation.id }}>
          <FormError />
          <SubmitButton variant="secondary" size="small" pendingLabel={t("withdrawing")}>
            {t("withdraw")}
          </SubmitButton>
        </ActionForm>
      </div>
    </li>
  );
}

/** Who was asked and has not answered yet. */
export function InvitationList({ invitations, heading: Heading, ...actions }: Props) {
  const t = useTranslations("account.invitations");
  return (
    <section aria-labelledby="invitations" className="pt-6 text-sm">
      <Heading id="invitations" className="border-b border-line pb-1.5 font-semibold">
        {t("title", { count: invitations.length })}
      </Heading>
      <ul className="divide-y divide-line">
        {invitations.map((invitation) => (
          <Row key={invitation.id} invitation={invitation} {...actions} />
        ))}
      </ul>
    </section>
  );
}
