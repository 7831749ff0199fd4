import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

type Props = { summary: ReactNode; isOpen?: boolean; className?: string; children: ReactNode };

/** Details on request, by the browser's own element. */
export function Disclosure({ summary, isOpen, className, children }: Props) {
  return (
    <details open={isOpen} className={classNames("group", className)}>
      <summary className="flex list-none items-center gap-1.5 rounded-sm text-sm font-medium text-accent-text pointer-coarse:min-h-11">
        <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
        {summary}
      </summary>
      <div className="pt-2">{children}</div>
    </details>
  );
}
