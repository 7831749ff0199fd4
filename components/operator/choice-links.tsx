import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";

export type Choice = { key: string; label: string; href: string; isChosen: boolean; count?: number };

/** Ways to narrow a list, as links: each is an address that can be kept. */
export function ChoiceLinks({ label, choices }: { label: string; choices: Choice[] }) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-1.5">
        {choices.map(({ key, label: name, href, isChosen, count }) => (
          <li key={key}>
            <Link
              href={href}
              aria-current={isChosen ? "true" : undefined}
              className={classNames(
                "inline-flex min-h-8 items-center gap-1.5 rounded-full border px-3 py-1 text-sm pointer-coarse:min-h-11",
                isChosen
                  ? "border-accent-line bg-accent-soft font-medium text-accent-text"
                  : "border-line bg-surface text-ink-soft hover:bg-sunken",
              )}
            >
              {name}
              {count !== undefined && <span className="tabular-nums">{count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
