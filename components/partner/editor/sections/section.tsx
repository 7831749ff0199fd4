import type { ReactNode } from "react";

type Props = { title: ReactNode; intro?: ReactNode; children: ReactNode };

/** A group of fields below a heading. */
export function Section({ title, intro, children }: Props) {
  return (
    <section className="grid gap-4">
      <div className="grid gap-1">
        <h2 className="font-semibold">{title}</h2>
        {intro && <p className="max-w-prose text-sm text-ink-soft">{intro}</p>}
      </div>
      {children}
    </section>
  );
}
