"use client";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button";
import type { FormAction } from "./form-state";

const loadWindow = () => import("./confirm-window");
/** The script of dialogs, a tenth of what a page brings, comes when a dialog is about to be opened. */
const ConfirmWindow = lazy(loadWindow);

/** What fails here is tried again, and told, when the dialog is opened. */
function fetchAhead(): void {
  loadWindow().catch(() => undefined);
}

export type ConfirmProps = {
  trigger: ReactNode;
  triggerVariant?: ButtonVariant;
  triggerSize?: ButtonSize;
  /** There, and not to be used now: one sees that it can be done. */
  isDisabled?: boolean;
  title: string;
  description: ReactNode;
  keepLabel: string;
  confirmLabel: string;
  /** `danger` when left out. */
  confirmVariant?: ButtonVariant;
  pendingLabel: string;
  action: FormAction;
  hidden: Record<string, string>;
  onOk?: () => void;
  /** Fields of the form. */
  children?: ReactNode;
};

/** Asks before what cannot be undone. The focus starts on the way back. */
export function ConfirmDialog({ trigger, triggerVariant, triggerSize, isDisabled, ...props }: ConfirmProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        disabled={isDisabled}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onClick={() => setIsOpen(true)}
        className={buttonClass(triggerVariant ?? "secondary", triggerSize)}
      >
        {trigger}
      </button>
      {isOpen && (
        <Suspense>
          <ConfirmWindow {...props} onOpenChange={setIsOpen} />
        </Suspense>
      )}
    </>
  );
}
