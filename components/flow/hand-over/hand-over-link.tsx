import { UserRoundPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";

/** The way to a colleague, for who lacks the rights or would rather not go on alone; nothing for a guest. */
export function HandOverLink({ href, connectorName }: { href: string | null; connectorName: string }) {
  const t = useTranslations("handOver.link");
  if (href === null) return null;
  return (
    <p className="flex items-start gap-2 text-sm text-ink-soft">
      <UserRoundPlus aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {t("question", { connector: connectorName })} <TextLink href={href}>{t("answer")}</TextLink>
      </span>
    </p>
  );
}
