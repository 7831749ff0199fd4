import { Check } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/**
 * The browser's own checkbox, drawn by us: it works before our script does, sends itself with its form and needs no inline
 * style, which a content security policy would refuse.
 */
export function Checkbox({ className, ...rest }: Omit<ComponentProps<"input">, "type">) {
  return (
    <span className={classNames("relative inline-flex size-5 shrink-0", className)}>
      <input
        type="checkbox"
        {...rest}
        className="peer size-5 appearance-none rounded-[5px] border border-line-strong bg-surface transition-colors checked:border-accent checked:bg-accent disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken"
      />
      <Check
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none absolute inset-0 m-auto size-3.5 text-on-accent opacity-0 peer-checked:opacity-100"
      />
    </span>
  );
}
