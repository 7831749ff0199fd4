import { classNames } from "@/components/ui/class-names";

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
}

/** Stands for an organization by its initials; the name itself is always in words beside it. */
export function Monogram({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames(
        "grid size-11 shrink-0 place-items-center rounded-xl border border-line bg-surface text-sm font-semibold text-ink-soft shadow-card",
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
