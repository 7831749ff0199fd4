import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** A raised sheet. */
export function Card({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={classNames("rounded-xl border border-line bg-surface shadow-card", className)}>
      {children}
    </div>
  );
}

type SectionProps = {
  id: string;
  title: ReactNode;
  intro?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
};

/** A card with a heading, as a landmark named by it. */
export function CardSection({ id, title, intro, aside, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="rounded-xl border border-line bg-surface shadow-card">
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4 sm:px-6 sm:pt-5">
        <div className="grid min-w-0 gap-1">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          {intro && <p className="text-sm text-ink-soft">{intro}</p>}
        </div>
        {aside}
      </header>
      <div className="px-4 pt-3 pb-4 sm:px-6 sm:pb-6">{children}</div>
    </section>
  );
}
