import { LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** A spinner always comes with the words that say what it waits for. */
export function Spinner({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span className={classNames("inline-flex items-center gap-2", className)}>
      <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" />
      <span>{children}</span>
    </span>
  );
}
