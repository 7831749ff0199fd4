import type { ReactNode } from "react";

/** The page's one h1 and what it is about. */
export function PageHeading({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="grid max-w-2xl gap-2">
      <h1 className="text-2xl font-semibold tracking-tight sm:text-[1.75rem] sm:leading-9">{title}</h1>
      {children && <div className="text-ink-soft">{children}</div>}
    </div>
  );
}
