"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { buttonClass } from "./button";

type Props = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description: ReactNode;
  children: ReactNode;
};

export const OVERLAY_CLASS = "fixed inset-0 z-40 bg-black/45";
export const PANEL_CLASS =
  "fixed z-50 inset-x-0 bottom-0 max-h-[92dvh] overflow-y-auto rounded-t-2xl border border-line bg-surface p-5 shadow-raised " +
  "sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[calc(100%-3rem)] sm:max-w-lg sm:-translate-1/2 sm:rounded-2xl sm:p-6";

/** A sheet from the bottom on phones, a window in the middle elsewhere. */
export function Dialog({ isOpen, onOpenChange, title, description, children }: Props) {
  const t = useTranslations("ui");
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={OVERLAY_CLASS} />
        <RadixDialog.Content className={PANEL_CLASS}>
          <div className="flex items-start justify-between gap-4">
            <RadixDialog.Title className="text-lg font-semibold">{title}</RadixDialog.Title>
            <RadixDialog.Close
              className={buttonClass("quiet", "small", "-mt-1 -mr-2 px-2!")}
              aria-label={t("close")}
            >
              <X aria-hidden className="size-4" />
            </RadixDialog.Close>
          </div>
          <RadixDialog.Description asChild>
            <div className="pt-1 text-sm text-ink-soft">{description}</div>
          </RadixDialog.Description>
          <div className="pt-4">{children}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
