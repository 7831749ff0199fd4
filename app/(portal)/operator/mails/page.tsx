import { MailList } from "@/components/operator/mails/mail-list";
import { listMails } from "@/lib/operations/mail/queries";
import { getOperator } from "@/lib/people/auth/operator";
import { mailFilter } from "@/lib/platform/outbox/schema";
import { asOperator } from "../../as-operator";
import { resendMailAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What was to be sent by e-mail, sign-in mails aside, and what became of it. */
export default async function MailsPage({ searchParams }: Props) {
  const viewer = await getOperator("/operator/mails");
  const filter = mailFilter.parse(await searchParams);
  const view = await asOperator(viewer, (tx) => listMails(tx, filter));
  return (
    <MailList
      view={view}
      resend={resendMailAction}
      hrefs={{
        state: (state) => `/operator/mails?${new URLSearchParams({ state })}`,
        more: (before) => `/operator/mails?${new URLSearchParams({ state: filter.state, before })}`,
      }}
    />
  );
}
