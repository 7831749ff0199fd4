import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import type { PartnerChoice } from "@/lib/partner/organization/schema";
import type { AccountChoice } from "@/lib/people/membership/schema";
import { AccountMenu, type AccountMenuActions } from "./account-menu";
import { Container } from "./container";
import { LanguageMenu } from "./language-menu";
import { SkipLink } from "./skip-link";
import { Wordmark } from "./wordmark";

type Props = {
  /** null when nobody is signed in. */
  viewer: { email: string; accounts: AccountChoice[]; partners: PartnerChoice[] } | null;
  /** Where the wordmark leads. */
  startHref: string;
  homeHref: string;
  accountHref: string;
  profileHref: string;
  /** For operators only. */
  operatorHref?: string;
  signInHref: string;
  actions: AccountMenuActions;
};

function SignedOutMenu({ signInHref, actions }: Pick<Props, "signInHref" | "actions">) {
  const t = useTranslations("shell");
  return (
    <div className="flex min-w-0 items-center gap-2">
      <LanguageMenu action={actions.setLocale} />
      <LinkButton href={signInHref} variant="quiet" size="small" className="shrink-0 max-[22rem]:px-1.5">
        {t("signIn")}
      </LinkButton>
    </div>
  );
}

export function SiteHeader({ viewer, startHref, signInHref, actions, ...hrefs }: Props) {
  return (
    <>
      <SkipLink />
      <header className="border-b border-line bg-surface print:hidden">
        <Container className="flex min-h-15 items-center justify-between gap-4 py-2">
          <Wordmark href={startHref} />
          {viewer ? (
            <AccountMenu {...viewer} {...hrefs} actions={actions} />
          ) : (
            <SignedOutMenu signInHref={signInHref} actions={actions} />
          )}
        </Container>
      </header>
    </>
  );
}
