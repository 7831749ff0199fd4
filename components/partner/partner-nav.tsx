"use client";
import { usePathname } from "next/navigation";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";

export type NavItem = { href: string; label: string; count?: string };

/** The partner's sections: a row that wraps on a phone, a column beside the page from 1024 px. */
export function PartnerNav({ label, items }: { label: string; items: NavItem[] }) {
  const path = usePathname();
  const [home] = items;
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-1 lg:grid lg:group-has-data-wide/shell:flex">
        {items.map((item) => {
          const isHere = path === item.href || (item !== home && path.startsWith(`${item.href}/`));
          return (
            <li key={item.href}>
              <Link
                href={item.href}
                aria-current={isHere ? "page" : undefined}
                className={classNames(
                  "flex min-h-9 items-center justify-between gap-2 rounded-lg px-3 text-sm pointer-coarse:min-h-11",
                  isHere ? "bg-accent-soft font-medium text-accent-text" : "text-ink-soft hover:bg-sunken",
                )}
              >
                {item.label}
                {item.count && (
                  <span className="rounded-full bg-warning-soft px-1.5 text-xs font-medium text-warning-text tabular-nums">
                    {item.count}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
