import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type Props = { icon: LucideIcon; title: string; action?: ReactNode; children: ReactNode };

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon: Icon, title, action, children }: Props) {
  return (
    <div className="grid justify-items-center gap-3 rounded-xl border border-dashed border-line-strong/60 px-6 py-10 text-center">
      <span className="grid size-11 place-items-center rounded-full bg-sunken text-ink-soft">
        <Icon aria-hidden className="size-5" />
      </span>
      <h2 className="font-semibold">{title}</h2>
      <div className="grid max-w-prose gap-2 text-sm text-ink-soft">{children}</div>
      {action && <div className="pt-1">{action}</div>}
    </div>
  );
}
