import { MailCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { RelativeTime } from "@/components/ui/time";
import {
  MAIL_STATES,
  type MailListView,
  type MailState,
  type MailSummary,
} from "@/lib/platform/outbox/schema";
import { ChoiceLinks } from "../choice-links";
import { PagedList } from "../paged-list";
import { ResendMail } from "./resend-mail";

type Props = {
  view: MailListView;
  /** Gets `mailId`. */
  resend: FormAction;
  hrefs: { state: (state: MailState) => string; more: (cursor: string) => string };
};

function MailRow({ mail, resend }: { mail: MailSummary; resend: FormAction }) {
  const t = useTranslations("operator.mails");
  const { lastTriedAt } = mail;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3 text-sm">
      <div className="grid min-w-0 flex-1 basis-72 gap-1">
        <p className="font-medium wrap-anywhere">
          {t.has(`kinds.${mail.kind}`) ? t(`kinds.${mail.kind}`) : mail.kind}{" "}
          <span className="font-normal text-ink-soft">{t("to", { recipient: mail.recipientMasked })}</span>
        </p>
        <p className="text-ink-soft">
          {t.rich("queued", { time: () => <RelativeTime at={mail.queuedAt} /> })}
          {lastTriedAt && (
            <>
              {" · "}
              {t.rich("tried", { count: mail.tries, time: () => <RelativeTime at={lastTriedAt} /> })}
            </>
          )}
        </p>
        {mail.lastError && (
          <p className="wrap-anywhere">
            {t("said")} <code className="text-xs">{mail.lastError}</code>
          </p>
        )}
        <p className="text-ink-soft">
          {t("about")} <code className="text-xs wrap-anywhere">{mail.subjectId}</code>
        </p>
      </div>
      {mail.state === "failed" && <ResendMail mailId={mail.id} action={resend} />}
    </li>
  );
}

/** Mails by what became of them; those that failed can be sent again. */
export function MailList({ view, resend, hrefs }: Props) {
  const t = useTranslations("operator.mails");
  const { state } = view.filter;
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")}>{t("intro")}</PageHeading>
      <ChoiceLinks
        label={t("filter")}
        choices={MAIL_STATES.map((one) => ({
          key: one,
          label: t(`states.${one}`),
          href: hrefs.state(one),
          isChosen: one === state,
          count: view.counts[one],
        }))}
      />
      <PagedList
        rows={view.mails}
        renderRow={(mail) => <MailRow key={mail.id} mail={mail} resend={resend} />}
        empty={
          <EmptyState icon={MailCheck} title={t(`empty.${state}`)}>
            <p>{t("emptyBody")}</p>
          </EmptyState>
        }
        more={view.nextCursor ? { href: hrefs.more(view.nextCursor), label: t("more") } : null}
      />
    </div>
  );
}
