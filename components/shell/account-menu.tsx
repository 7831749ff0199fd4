import {
  Building2,
  Check,
  CircleUserRound,
  House,
  LogOut,
  MonitorX,
  UserRoundCog,
  UsersRound,
  Wrench,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { PlainFormAction } from "@/components/ui/form-state";
import { Link } from "@/components/ui/link";
import type { PartnerChoice } from "@/lib/partner/organization/schema";
import type { AccountChoice } from "@/lib/people/membership/schema";
import { HeaderMenu } from "./header-menu";
import { LanguageChoice } from "./language-choice";

export type AccountMenuActions = {
  setLocale: PlainFormAction;
  /** Gets `accountId`. */
  switchAccount: PlainFormAction;
  signOut: PlainFormAction;
  signOutEverywhere: PlainFormAction;
};

const ITEM =
  "flex min-h-9 w-full items-center gap-2.5 rounded-md px-2 text-left text-sm hover:bg-sunken pointer-coarse:min-h-11";

function MenuForm({ action, children }: { action: PlainFormAction; children: ReactNode }) {
  return (
    <form action={action}>
      <button type="submit" className={ITEM}>
        {children}
      </button>
    </form>
  );
}

type Props = {
  email: string;
  accounts: AccountChoice[];
  /** Where the person works for a partner. */
  partners: PartnerChoice[];
  homeHref: string;
  accountHref: string;
  profileHref: string;
  /** For operators only. */
  operatorHref?: string;
  actions: AccountMenuActions;
};

/** In whose name one acts: one's own account, or a colleague's. */
function AccountSwitch({
  accounts,
  switchAccount,
}: {
  accounts: AccountChoice[];
  switchAccount: PlainFormAction;
}) {
  const t = useTranslations("shell");
  return (
    <form action={switchAccount}>
      <fieldset>
        <legend className="px-2 pb-1 text-xs font-medium text-ink-soft">{t("account.switch")}</legend>
        {accounts.map(({ id, name, isActive }) => (
          <button
            key={id}
            type="submit"
            name="accountId"
            value={id}
            aria-current={isActive ? "true" : undefined}
            className={`${ITEM} justify-between py-1.5`}
          >
            <span className="min-w-0 wrap-anywhere">{name}</span>
            {isActive && <Check aria-hidden className="size-4 shrink-0 text-accent-text" />}
          </button>
        ))}
      </fieldset>
    </form>
  );
}

/** The consoles of the partners that the person works for. */
function PartnerLinks({ partners }: { partners: PartnerChoice[] }) {
  const t = useTranslations("shell");
  return (
    <nav aria-label={t("partners")}>
      <p className="px-2 pb-1 text-xs font-medium text-ink-soft">{t("partners")}</p>
      {partners.map(({ slug, name }) => (
        <Link key={slug} href={`/partner/${slug}`} className={ITEM}>
          <Building2 aria-hidden className="size-4 shrink-0 text-ink-soft" />
          <span className="min-w-0 wrap-anywhere">{name}</span>
        </Link>
      ))}
    </nav>
  );
}

export function AccountMenu({ email, accounts, partners, actions, ...hrefs }: Props) {
  const t = useTranslations("shell");
  const active = accounts.find(({ isActive }) => isActive);
  const links = [
    { href: hrefs.homeHref, label: t("home"), Icon: House },
    { href: hrefs.accountHref, label: t("account.members"), Icon: UsersRound },
    { href: hrefs.profileHref, label: t("account.profile"), Icon: UserRoundCog },
    ...(hrefs.operatorHref ? [{ href: hrefs.operatorHref, label: t("operator"), Icon: Wrench }] : []),
  ];
  return (
    <HeaderMenu
      label={email}
      detail={accounts.length > 1 ? active?.name : undefined}
      icon={<CircleUserRound aria-hidden className="size-4 shrink-0 text-ink-soft" />}
    >
      <div className="grid divide-y divide-line *:py-2.5 *:first:pt-0 *:last:pb-0">
        <p className="px-2 text-xs text-ink-soft">
          {t("signedInAs")}
          <span className="block text-sm font-medium wrap-anywhere text-ink">{email}</span>
        </p>
        {accounts.length > 1 && <AccountSwitch accounts={accounts} switchAccount={actions.switchAccount} />}
        {partners.length > 0 && <PartnerLinks partners={partners} />}
        <div>
          {links.map(({ href, label, Icon }) => (
            <Link key={href} href={href} className={ITEM}>
              <Icon aria-hidden className="size-4 shrink-0 text-ink-soft" />
              {label}
            </Link>
          ))}
        </div>
        <LanguageChoice action={actions.setLocale} />
        <div>
          <MenuForm action={actions.signOut}>
            <LogOut aria-hidden className="size-4 text-ink-soft" />
            {t("signOut")}
          </MenuForm>
          <MenuForm action={actions.signOutEverywhere}>
            <MonitorX aria-hidden className="size-4 text-ink-soft" />
            {t("signOutEverywhere")}
          </MenuForm>
        </div>
      </div>
    </HeaderMenu>
  );
}
