"use client";
import { ChevronDown } from "lucide-react";
import { type MouseEvent, type ReactNode, useId } from "react";
import { buttonClass } from "@/components/ui/button";

type Props = {
  label: string;
  /** A second line below the label. */
  detail?: string;
  icon: ReactNode;
  /** The smallest screens show the icon alone. */
  isIconEnough?: boolean;
  children: ReactNode;
};

/** The header stays when the page changes: a link or a button of the panel closes the panel. */
function closeOnceChosen({ target, currentTarget }: MouseEvent<HTMLElement>): void {
  if (target instanceof Element && target.closest("a, button")) currentTarget.hidePopover();
}

/**
 * A button with a small panel below it, the browser's own popover: it opens before the page's scripts have come, Escape and a
 * click elsewhere close it, and the focus returns to the button.
 */
export function HeaderMenu({ label, detail, icon, isIconEnough = false, children }: Props) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className={buttonClass("secondary", "small", "min-w-0 max-w-[13rem] sm:max-w-xs")}
      >
        {icon}
        {detail === undefined ? (
          <span className={isIconEnough ? "truncate max-[22rem]:sr-only" : "truncate"}>{label}</span>
        ) : (
          <span className="grid min-w-0 text-left leading-tight">
            <span className="truncate">{label}</span>
            <span className="truncate text-xs font-normal text-ink-soft">{detail}</span>
          </span>
        )}
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-soft" />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a key that presses a link or a button of the panel clicks it */}
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        onClick={closeOnceChosen}
        className="header-panel max-h-[calc(100dvh-5rem)] w-72 overflow-y-auto rounded-xl border border-line bg-surface p-3 text-ink shadow-raised"
      >
        {children}
      </div>
    </>
  );
}
