"use client";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Checkbox } from "./checkbox";
import { useFieldError } from "./form-context";

type Props = {
  name: string;
  /** What is sent when it is ticked; the browser's own `on` when left out. */
  value?: string;
  children: ReactNode;
};

/** One checkbox with its words at its right; the whole line can be clicked. */
export function CheckboxField({ name, value, children }: Props) {
  const t = useTranslations("errors.fields");
  const id = useId();
  const error = useFieldError(name);
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="flex items-start gap-3 text-sm pointer-coarse:min-h-11">
        <Checkbox
          id={id}
          name={name}
          value={value}
          required
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          className="mt-px"
        />
        <span>{children}</span>
      </label>
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm font-medium text-danger-text">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t.has(error) ? t(error) : t("invalid")}
        </p>
      )}
    </div>
  );
}
