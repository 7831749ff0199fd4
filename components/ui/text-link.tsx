import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Link } from "./link";
import { VisuallyHidden } from "./visually-hidden";

const LINK =
  "rounded-sm font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current";

export function TextLink({
  href,
  className,
  children,
}: {
  href: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link href={href} className={classNames(LINK, className)}>
      {children}
    </Link>
  );
}

/** Somebody else's site: a new tab that learns nothing about ours. */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  const t = useTranslations("ui");
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className={LINK}>
      {children}
      <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-0.125em]" />
      <VisuallyHidden> {t("opensInNewTab")}</VisuallyHidden>
    </a>
  );
}

/** Mail and phone addresses. */
export function ContactLink({
  href,
  children,
}: {
  href: `mailto:${string}` | `tel:${string}`;
  children: ReactNode;
}) {
  return (
    <a href={href} className={LINK}>
      {children}
    </a>
  );
}
