"use client";
import { useTranslations } from "next-intl";
import { startTransition, useActionState, useEffect } from "react";
import { Card } from "@/components/ui/card";
import { FormStateProvider } from "@/components/ui/form-context";
import { FormError } from "@/components/ui/form-error";
import { type FormAction, IDLE_FORM } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { Spinner } from "@/components/ui/spinner";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";

/** Hands on what the login brought back, by itself; without JavaScript, or after an error, by the button. */
export function FinishKeyLogin({ finish, backHref }: { finish: FormAction; backHref: string }) {
  const t = useTranslations("pastedKey.login.returned");
  const [state, dispatch, isPending] = useActionState(finish, IDLE_FORM);
  useEffect(() => startTransition(() => dispatch(new FormData())), [dispatch]);
  return (
    <Card className="grid gap-5 px-5 py-6 sm:px-8">
      <PageHeading title={t("title")} />
      {isPending && (
        <p role="status" className="text-sm text-ink-soft">
          <Spinner>{t("fetching")}</Spinner>
        </p>
      )}
      <FormStateProvider value={state}>
        <FormError />
      </FormStateProvider>
      <form action={dispatch} className="flex flex-wrap items-center gap-x-6 gap-y-3" hidden={isPending}>
        <SubmitButton pendingLabel={t("fetching")}>{t("goOn")}</SubmitButton>
        <TextLink href={backHref}>{t("back")}</TextLink>
      </form>
    </Card>
  );
}
