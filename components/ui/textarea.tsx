"use client";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { useControl } from "./field";
import { CONTROL_CLASS } from "./input";

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...useControl()}
      {...rest}
      className={classNames(CONTROL_CLASS, "min-h-28 resize-y", className)}
    />
  );
}
