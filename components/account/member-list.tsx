import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { FormAction } from "@/components/ui/form-state";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import type { MemberView } from "@/lib/people/membership/schema";

type Props = { accountName: string; members: MemberView[]; remove: FormAction };

function Remove({ member, accountName, remove }: { member: MemberView } & Omit<Props, "members">) {
  const t = useTranslations(member.isViewer ? "account.leave" : "account.remove");
  const values = { email: member.email, account: accountName };
  return (
    <ConfirmDialog
      trigger={t("open")}
      triggerVariant="quiet"
      triggerSize="small"
      title={t("title", values)}
      description={t("body", values)}
      keepLabel={t("keep")}
      confirmLabel={t("confirm")}
      pendingLabel={t("pending")}
      action={remove}
      hidden={{ userId: member.userId }}
    />
  );
}

/** Everybody in the account. The last one cannot leave it. */
export function MemberList({ accountName, members, remove }: Props) {
  const t = useTranslations("account.members");
  return (
    <ul className="divide-y divide-line text-sm">
      {members.map((member) => (
        <li
          key={member.userId}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0"
        >
          <div className="grid min-w-0 gap-0.5">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium wrap-anywhere">{member.email}</span>
              {member.isViewer && <StatusPill tone="neutral">{t("you")}</StatusPill>}
            </p>
            <p className="text-ink-soft">
              {t.rich("since", { date: () => <Time at={member.since} precision="date" /> })}
            </p>
          </div>
          {members.length > 1 && <Remove member={member} accountName={accountName} remove={remove} />}
        </li>
      ))}
    </ul>
  );
}
