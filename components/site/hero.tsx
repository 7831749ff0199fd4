import { KeyRound, ListChecks, ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { SwitchMark } from "@/components/shell/switch-mark";
import { LinkButton } from "@/components/ui/link-button";

const POINTS = [
  { key: "see", icon: ShieldCheck },
  { key: "pick", icon: ListChecks },
  { key: "end", icon: KeyRound },
] as const;

/** What this portal is for, in three plain sentences. */
export function Hero({ homeHref, isSignedIn }: { homeHref: string; isSignedIn: boolean }) {
  const t = useTranslations("site.hero");
  return (
    <section className="grid gap-8 pt-4 pb-2 sm:pt-8">
      <div className="grid max-w-2xl gap-4">
        <SwitchMark className="h-8 w-auto justify-self-start text-accent" />
        <h1 className="text-3xl font-semibold tracking-tight sm:text-[2.5rem] sm:leading-12">{t("title")}</h1>
        <p className="text-lg text-ink-soft">{t("intro")}</p>
        <div className="flex flex-wrap gap-3 pt-1">
          {isSignedIn && (
            <LinkButton href={homeHref} size="large">
              {t("home")}
            </LinkButton>
          )}
          <LinkButton href="#integrations" size="large" variant={isSignedIn ? "secondary" : "primary"}>
            {t("toCatalogue")}
          </LinkButton>
          {!isSignedIn && (
            <LinkButton href={homeHref} size="large" variant="secondary">
              {t("signIn")}
            </LinkButton>
          )}
        </div>
      </div>
      <ul className="grid gap-6 border-t border-line pt-8 sm:grid-cols-3">
        {POINTS.map(({ key, icon: Icon }) => (
          <li key={key} className="grid content-start gap-1.5">
            <Icon aria-hidden className="size-5 text-accent-text" />
            <h2 className="font-semibold">{t(`points.${key}.title`)}</h2>
            <p className="text-sm text-ink-soft">{t(`points.${key}.body`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
