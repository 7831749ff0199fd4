import { Check } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { PlainFormAction } from "@/components/ui/form-state";
import { LANGUAGES } from "./languages";

type Props = {
  /** Gets `locale`. */
  action: PlainFormAction;
};

/** One button a language: choosing is one tap and nothing changes before it. */
export function LanguageChoice({ action }: Props) {
  const t = useTranslations("shell");
  const current = useLocale();
  return (
    <form action={action}>
      <fieldset>
        <legend className="px-2 pb-1 text-xs font-medium text-ink-soft">{t("language")}</legend>
        {LANGUAGES.map(({ locale, name }) => (
          <button
            key={locale}
            type="submit"
            name="locale"
            value={locale}
            lang={locale}
            aria-current={locale === current ? "true" : undefined}
            className="flex min-h-9 w-full items-center justify-between gap-4 rounded-md px-2 text-left text-sm hover:bg-sunken pointer-coarse:min-h-11"
          >
            {name}
            {locale === current && <Check aria-hidden className="size-4 text-accent-text" />}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
