"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { buttonClass } from "./button";
import { OVERLAY_CLASS, PANEL_CLASS } from "./panel-class";

export type DialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description: ReactNode;
  children: ReactNode;
};

/** A sheet from the bottom on phones, a window in the middle elsewhere. */
export default function DialogWindow({ isOpen, onOpenChange, title, description, children }: DialogProps) {
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
