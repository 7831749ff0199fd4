import { useTranslations } from "next-intl";
import { ContactLink, OutsideLink } from "@/components/ui/text-link";

type Props = { support: { email: string; url: string | null; phone?: string | null } };

/** The partner's support, every way it gave. */
export function SupportContact({ support }: Props) {
  const t = useTranslations("ui");
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1">
      <li>
        <ContactLink href={`mailto:${support.email}`}>{support.email}</ContactLink>
      </li>
      {support.phone && (
        <li>
          <ContactLink href={`tel:${support.phone.replaceAll(" ", "")}`}>{support.phone}</ContactLink>
        </li>
      )}
      {support.url && (
        <li>
          <OutsideLink href={support.url}>{t("supportPage")}</OutsideLink>
        </li>
      )}
    </ul>
  );
}
