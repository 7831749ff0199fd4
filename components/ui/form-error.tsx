"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Alert } from "./alert";
import { useFormState } from "./form-context";
import { Time } from "./time";

/** The form's error in words, or nothing. It takes the focus, so that nobody has to look for it. */
export function FormError({ className }: { className?: string }) {
  const t = useTranslations("errors");
  const state = useFormState();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.status === "error") box.current?.focus();
  }, [state]);
  if (state.status !== "error") return null;
  const code = t.has(`${state.code}.title`) ? state.code : "unexpected";
  return (
    <div ref={box} tabIndex={-1} className={className}>
      <Alert tone="danger" title={t(`${code}.title`)}>
        {state.retryAt === undefined
          ? t(`${code}.whatToDo`)
          : t.rich("retryAt", { time: () => <Time at={state.retryAt ?? ""} /> })}
        {state.errorId && (
          <p className="pt-1 text-ink-soft">
            {t("id")} <code>{state.errorId}</code>
          </p>
        )}
      </Alert>
    </div>
  );
}
