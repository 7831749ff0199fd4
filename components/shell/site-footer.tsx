import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Container } from "./container";

type Props = { links?: { href: string; label: string }[] };

export function SiteFooter({ links = [] }: Props) {
  const t = useTranslations("shell");
  return (
    <footer className="border-t border-line">
      <Container className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-5 text-sm text-ink-soft">
        <p>{t("footer")}</p>
        {links.length > 0 && (
          <ul className="flex flex-wrap gap-x-5 gap-y-1">
            {links.map(({ href, label }) => (
              <li key={href}>
                <Link
                  href={href}
                  className="inline-flex items-center rounded-sm hover:underline pointer-coarse:min-h-11"
                >
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Container>
    </footer>
  );
}
