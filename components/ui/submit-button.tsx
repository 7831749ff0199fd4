"use client";
import type { MouseEvent, ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button";
import { classNames } from "./class-names";
import { Spinner } from "./spinner";

type Props = {
  children: ReactNode;
  /** What is going on while the server works, e.g. "Saving…". */
  pendingLabel: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string;
  disabled?: boolean;
};

/**
 * Sends the form around it. While the server works it stays focusable and ignores clicks; both labels share one grid cell,
 * so that the button keeps its width.
 */
export function SubmitButton({ children, pendingLabel, variant, size, className, disabled }: Props) {
  const { pending } = useFormStatus();
  const ignoreWhilePending = (event: MouseEvent) => {
    if (pending) event.preventDefault();
  };
  return (
    <button
      type="submit"
      disabled={disabled}
      aria-disabled={pending || undefined}
      onClick={ignoreWhilePending}
      className={buttonClass(variant, size, classNames("max-w-full shrink-0", className))}
    >
      <span className="grid place-items-center *:col-start-1 *:row-start-1">
        <span className={classNames("inline-flex items-center gap-2", pending && "invisible")}>
          {children}
        </span>
        <span className={classNames(!pending && "invisible")}>
          <Spinner>{pendingLabel}</Spinner>
        </span>
      </span>
    </button>
  );
}
