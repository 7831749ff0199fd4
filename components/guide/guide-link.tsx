import { BookOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";

type Props = { connector: { id: string; name: string }; className?: string };

/** Every connector has a guide in every language. */
export function GuideLink({ connector, className }: Props) {
  const t = useTranslations("guide");
  return (
    <TextLink href={`/guides/${connector.id}`} className={className}>
      <BookOpen aria-hidden className="mr-1.5 inline size-3.5 align-[-0.125em]" />
      {t("link", { connector: connector.name })}
    </TextLink>
  );
}
