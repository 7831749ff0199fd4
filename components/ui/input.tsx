"use client";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { useControl } from "./field";

/** 16 px text on touch screens: smaller text makes phones zoom in on focus. */
export const CONTROL_CLASS =
  "w-full rounded-lg border border-line-strong bg-surface px-3 py-2 text-base sm:text-sm text-ink placeholder:text-ink-soft " +
  "min-h-10 pointer-coarse:min-h-11 aria-invalid:border-danger-text disabled:cursor-not-allowed disabled:bg-sunken";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...useControl()} {...rest} className={classNames(CONTROL_CLASS, className)} />;
}
