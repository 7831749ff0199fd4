"use client";
import { lazy, Suspense } from "react";
import type { DialogProps } from "./dialog-window";

/** The script of dialogs, a tenth of what a page brings, comes when one is opened. */
const DialogWindow = lazy(() => import("./dialog-window"));

/** A sheet from the bottom on phones, a window in the middle elsewhere. */
export function Dialog(props: DialogProps) {
  if (!props.isOpen) return null;
  return (
    <Suspense>
      <DialogWindow {...props} />
    </Suspense>
  );
}
