"use client";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useId } from "react";
import { useFieldError } from "./form-context";

export type Control = {
  id: string;
  name: string;
  required: boolean;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
};

const ControlContext = createContext<Control | null>(null);

/** For fields that are no part of a form: `editor-field.tsx`. */
export const ControlProvider = ControlContext.Provider;

/** The attributes that tie an input to the label, help and error of the field around it. */
export function useControl(): Control | null {
  return useContext(ControlContext);
}

type Props = {
  name: string;
  label: ReactNode;
  help?: ReactNode;
  isRequired?: boolean;
  children: ReactNode;
};

/** A label, help and the server's error for the one control inside. */
export function Field({ name, label, help, isRequired = false, children }: Props) {
  const t = useTranslations();
  const id = useId();
  const error = useFieldError(name);
  const described = [help ? `${id}-help` : null, error ? `${id}-error` : null].filter(Boolean).join(" ");
  const control: Control = {
    id,
    name,
    required: isRequired,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": described || undefined,
  };
  return (
    <div className="grid content-between gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {!isRequired && <span className="ml-1.5 font-normal text-ink-soft">{t("ui.optional")}</span>}
      </label>
      {help && (
        <p id={`${id}-help`} className="text-sm text-ink-soft">
          {help}
        </p>
      )}
      <ControlContext.Provider value={control}>{children}</ControlContext.Provider>
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm font-medium text-danger-text">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t.has(`errors.fields.${error}`) ? t(`errors.fields.${error}`) : t("errors.fields.invalid")}
        </p>
      )}
    </div>
  );
}
