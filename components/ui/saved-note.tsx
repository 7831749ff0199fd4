"use client";
import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { useFormState } from "./form-context";

/** Says that the form around it was saved; read out when it was. */
export function SavedNote({ children }: { children: ReactNode }) {
  const { status } = useFormState();
  return (
    <p aria-live="polite" className="text-sm text-success-text not-empty:pt-3">
      {status === "ok" && (
        <>
          <CircleCheck aria-hidden className="mr-1.5 inline size-4 align-[-0.125em]" />
          {children}
        </>
      )}
    </p>
  );
}
