"use client";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Container } from "@/components/shell/container";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";

const SECTIONS = ["tasks", "reviews", "integrations", "partners", "jobs", "mails", "lookUp"] as const;
type Props = { hrefs: Record<(typeof SECTIONS)[number], string> };

/** The operator's own sections, below the header of every page. */
export function OperatorNav({ hrefs }: Props) {
  const t = useTranslations("operator.nav");
  const path = usePathname();
  return (
    <nav aria-label={t("label")} className="border-b border-line bg-surface">
      <Container>
        <ul className="-mx-3 flex flex-wrap">
          {SECTIONS.map((section) => {
            const isHere = path === hrefs[section] || path.startsWith(`${hrefs[section]}/`);
            return (
              <li key={section}>
                <Link
                  href={hrefs[section]}
                  aria-current={isHere ? "page" : undefined}
                  className={classNames(
                    "flex min-h-11 items-center border-b-2 px-3 text-sm font-medium",
                    isHere ? "border-accent text-ink" : "border-transparent text-ink-soft hover:text-ink",
                  )}
                >
                  {t(section)}
                </Link>
              </li>
            );
          })}
        </ul>
      </Container>
    </nav>
  );
}
