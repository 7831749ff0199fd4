import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { TONE_CLASS, type Tone } from "./tone";

type Props = { tone: Tone; icon?: LucideIcon; isSpinning?: boolean; children: ReactNode };

/** A state in an icon and words. */
export function StatusPill({ tone, icon: Icon, isSpinning = false, children }: Props) {
  return (
    <span
      className={classNames(
        "inline-flex shrink-0 items-center gap-1.5 rounded-full border px-2.5 py-0.5 text-xs font-medium whitespace-nowrap",
        TONE_CLASS[tone],
      )}
    >
      {Icon && <Icon aria-hidden className={classNames("size-3.5 shrink-0", isSpinning && "animate-spin")} />}
      {children}
    </span>
  );
}
