"use client";
import { ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";

/** A button with a small panel below it; Escape and a click elsewhere close it. */
export function HeaderMenu({
  label,
  detail,
  icon,
  children,
}: {
  label: string;
  /** A second line below the label. */
  detail?: string;
  icon: ReactNode;
  children: ReactNode;
}) {
  return (
    <Popover.Root>
      <Popover.Trigger className={buttonClass("secondary", "small", "max-w-[13rem] sm:max-w-xs")}>
        {icon}
        {detail === undefined ? (
          <span className="truncate">{label}</span>
        ) : (
          <span className="grid min-w-0 text-left leading-tight">
            <span className="truncate">{label}</span>
            <span className="truncate text-xs font-normal text-ink-soft">{detail}</span>
          </span>
        )}
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-soft" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={8}
          collisionPadding={12}
          aria-label={label}
          className="z-30 max-h-[calc(100dvh-5rem)] w-72 overflow-y-auto rounded-xl border border-line bg-surface p-3 shadow-raised"
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
