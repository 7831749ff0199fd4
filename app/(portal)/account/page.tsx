import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Account } from "@/components/account/account";
import { Main } from "@/components/shell/container";
import { getViewer } from "@/lib/people/auth/viewer";
import { getAccountView } from "@/lib/people/membership/queries";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { asCustomer } from "../as-customer";
import {
  inviteAction,
  removeMemberAction,
  renameAccountAction,
  takeBackRequestAction,
  withdrawInvitationAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

/** Who is in the account, and who is asked into it. */
export default async function AccountPage() {
  const viewer = await getViewer("/account");
  const locale = await getReaderLocale();
  const view = await asCustomer(viewer, (tx) => getAccountView(tx, viewer, locale));
  return (
    <Main>
      <Account
        view={view}
        actions={{
          invite: inviteAction,
          withdraw: withdrawInvitationAction,
          remove: removeMemberAction,
          rename: renameAccountAction,
          takeBack: takeBackRequestAction,
        }}
      />
    </Main>
  );
}
