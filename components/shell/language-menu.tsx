import { Languages } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { PlainFormAction } from "@/components/ui/form-state";
import { HeaderMenu } from "./header-menu";
import { LanguageChoice } from "./language-choice";
import { LANGUAGES } from "./languages";

/** The language by its own name, for who is not signed in. `action` gets `locale`. */
export function LanguageMenu({ action }: { action: PlainFormAction }) {
  const t = useTranslations("shell");
  const locale = useLocale();
  const language = LANGUAGES.find((candidate) => candidate.locale === locale)?.name ?? t("language");
  return (
    <HeaderMenu
      isIconEnough
      label={language}
      icon={<Languages aria-hidden className="size-4 shrink-0 text-ink-soft" />}
    >
      <LanguageChoice action={action} />
    </HeaderMenu>
  );
}
