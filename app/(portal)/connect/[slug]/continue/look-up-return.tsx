"use client";
import { useTranslations } from "next-intl";
import { startTransition, useActionState, useEffect } from "react";
import { Card } from "@/components/ui/card";
import { FormStateProvider } from "@/components/ui/form-context";
import { FormError } from "@/components/ui/form-error";
import { type FormAction, IDLE_FORM } from "@/components/ui/form-state";
import { Spinner } from "@/components/ui/spinner";
import { SubmitButton } from "@/components/ui/submit-button";

/** Asks by itself, once, for what came back to be read; without JavaScript there is a button. */
export function LookUpReturn({ lookUp }: { lookUp: FormAction }) {
  const t = useTranslations("vendorReturn.lookUp");
  const [state, dispatch, isPending] = useActionState(lookUp, IDLE_FORM);
  useEffect(() => {
    startTransition(() => dispatch(new FormData()));
  }, [dispatch]);
  return (
    <Card className="grid gap-4 px-5 py-8 sm:px-8">
      <Spinner className="font-medium">{t("title")}</Spinner>
      <FormStateProvider value={state}>
        <FormError />
      </FormStateProvider>
      {(state.status === "error" || !isPending) && (
        <form action={dispatch}>
          <SubmitButton pendingLabel={t("title")}>{t("button")}</SubmitButton>
        </form>
      )}
    </Card>
  );
}
