import { BookOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";

type Props = {
  connector: { id: string; name: string };
  /** Code of the message that the guide shall help with: it opens at that section, or at its beginning without one. */
  helpWith?: string;
  className?: string;
};

/** Every connector has a guide in every language. */
export function GuideLink({ connector, helpWith, className }: Props) {
  const t = useTranslations("guide");
  return (
    <TextLink href={`/guides/${connector.id}${helpWith ? `#${helpWith}` : ""}`} className={className}>
      <BookOpen aria-hidden className="mr-1.5 inline size-3.5 align-[-0.125em]" />
      {t(helpWith ? "help" : "link", { connector: connector.name })}
    </TextLink>
  );
}
