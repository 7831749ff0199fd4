"use client";
import { lazy, Suspense, useState } from "react";
import { buttonClass } from "./button";
import type { ConfirmProps } from "./confirm-window";

const loadWindow = () => import("./confirm-window");
/** The script of dialogs, a tenth of what a page brings, comes when a dialog is about to be opened. */
const ConfirmWindow = lazy(loadWindow);

/** What fails here is tried again, and told, when the dialog is opened. */
function fetchAhead(): void {
  loadWindow().catch(() => undefined);
}

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
