import { CircleUserRound, House, LogOut, MonitorX } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { PlainFormAction } from "@/components/ui/form-state";
import { HeaderMenu } from "./header-menu";
import { LanguageChoice } from "./language-choice";

export type AccountMenuActions = {
  setLocale: PlainFormAction;
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

type Props = { email: string; homeHref: string; actions: AccountMenuActions };

export function AccountMenu({ email, homeHref, actions }: Props) {
  const t = useTranslations("shell");
  return (
    <HeaderMenu
      label={email}
      icon={<CircleUserRound aria-hidden className="size-4 shrink-0 text-ink-soft" />}
    >
      <div className="grid divide-y divide-line *:py-2.5 *:first:pt-0 *:last:pb-0">
        <p className="px-2 text-xs text-ink-soft">
          {t("signedInAs")}
          <span className="block text-sm font-medium wrap-anywhere text-ink">{email}</span>
        </p>
        <Link href={homeHref} className={ITEM}>
          <House aria-hidden className="size-4 text-ink-soft" />
          {t("home")}
        </Link>
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
