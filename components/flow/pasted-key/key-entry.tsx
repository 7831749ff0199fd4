import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";

/** The other way in, for those who cannot give a consent or have set the integration up by hand. */
export function KeyEntry({ href, connectorName }: { href: string | null; connectorName: string }) {
  const t = useTranslations("pastedKey.entry");
  if (href === null) return null;
  return (
    <p className="max-w-prose text-sm text-ink-soft">
      {t("body", { connector: connectorName })} <TextLink href={href}>{t("link")}</TextLink>
    </p>
  );
}
