"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, startTransition, useActionState, useEffect } from "react";
import { Card } from "@/components/ui/card";
import { FormStateProvider } from "@/components/ui/form-context";
import { FormError } from "@/components/ui/form-error";
import { type FormAction, IDLE_FORM } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { Spinner } from "@/components/ui/spinner";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  lookUp: FormAction;
  /** The customer was sent to the vendor from here a moment ago. Anybody else may have been lured here and is asked first. */
  isExpected: boolean;
  viewerEmail: string;
  /** Shown beside an error, which may not pass. */
  wayOn: ReactNode;
};

/** Asks for what came back to be read: by itself, once, when the return was expected, else by a button. */
export function LookUpReturn({ lookUp, isExpected, viewerEmail, wayOn }: Props) {
  const t = useTranslations("vendorReturn.lookUp");
  const [state, dispatch, isPending] = useActionState(lookUp, IDLE_FORM);
  useEffect(() => {
    if (isExpected) startTransition(() => dispatch(new FormData()));
  }, [dispatch, isExpected]);
  const isWaiting = isPending || (isExpected && state.status === "idle");
  return (
    <Card className="grid gap-5 px-5 py-8 sm:px-8">
      {isExpected && isWaiting && <Spinner className="font-medium">{t("title")}</Spinner>}
      {isExpected && !isWaiting && <PageHeading title={t("failed")} />}
      {!isExpected && (
        <PageHeading title={t("ask.title")}>
          <p>{t("ask.body", { email: viewerEmail })}</p>
        </PageHeading>
      )}
      <FormStateProvider value={state}>
        <FormError />
      </FormStateProvider>
      <form action={dispatch} hidden={isWaiting && isExpected}>
        <SubmitButton size="large" pendingLabel={t("title")}>
          {t("button")}
        </SubmitButton>
      </form>
      {state.status === "error" && !isPending && wayOn}
    </Card>
  );
}
