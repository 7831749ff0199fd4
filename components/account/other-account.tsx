import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { PlainFormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import type { AccountChoice } from "@/lib/people/membership/schema";

type Props = {
  account: AccountChoice;
  /** Where to go once that account is the active one. */
  path: string;
  /** Gets `accountId` and `path`. */
  switchAccount: PlainFormAction;
  homeHref: string;
};

/** What was opened belongs to another account of the same person. */
export function OtherAccount({ account, path, switchAccount, homeHref }: Props) {
  const t = useTranslations("account.elsewhere");
  return (
    <Card className="grid gap-5 px-5 py-6 sm:px-8">
      <PageHeading title={t("title")}>
        <p>{t("body", { account: account.name })}</p>
      </PageHeading>
      <form action={switchAccount} className="grid gap-4">
        <input type="hidden" name="accountId" value={account.id} />
        <input type="hidden" name="path" value={path} />
        <button type="submit" className={buttonClass("primary", "large", "wrap-anywhere")}>
          {t("switch", { account: account.name })}
        </button>
        <TextLink href={homeHref} className="text-sm">
          {t("stay")}
        </TextLink>
      </form>
    </Card>
  );
}
