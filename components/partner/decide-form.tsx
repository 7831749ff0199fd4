"use client";
import { useTranslations } from "next-intl";
import { AlertDialog } from "radix-ui";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Button, buttonClass } from "@/components/ui/button";
import { CardSection } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { OVERLAY_CLASS, PANEL_CLASS } from "@/components/ui/panel-class";
import { Textarea } from "@/components/ui/textarea";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";

type Environment = { environmentId: string; name: string; businessId: string | null };
type Props = {
  requestId: string;
  environments: Environment[];
  /** The customer has a form of the partner's to answer first. */
  isFormPending: boolean;
  /** Gets `requestId`, for each environment `choice.<id>`, and for the rejected `reason.<id>`. */
  decide: FormAction;
};
type Choice = "approve" | "reject";
const FORM_ID = "decide";

function Choices({
  environment,
  choice,
  onChoose,
}: {
  environment: Environment;
  choice: Choice;
  onChoose: (choice: Choice) => void;
}) {
  const t = useTranslations("partner.decide");
  const name = `choice.${environment.environmentId}`;
  return (
    <fieldset className="grid gap-2 py-3 first:pt-0">
      <legend className="contents">
        <span className="text-sm font-medium wrap-anywhere">
          {environment.name}{" "}
          {environment.businessId && (
            <span className="font-normal text-ink-soft tabular-nums">{environment.businessId}</span>
          )}
        </span>
      </legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {(["approve", "reject"] as const).map((value) => (
          <label key={value} className="flex min-h-8 items-center gap-2 text-sm pointer-coarse:min-h-11">
            <input
              type="radio"
              name={name}
              value={value}
              checked={choice === value}
              onChange={() => onChoose(value)}
              className="size-4 accent-accent"
            />
            {t(value)}
          </label>
        ))}
      </div>
      {choice === "reject" && (
        <Field
          name={`reason.${environment.environmentId}`}
          label={t("reason")}
          help={t("reasonHelp")}
          isRequired
        >
          <Textarea maxLength={MAX_REASON_LENGTH} rows={2} className="min-h-16" />
        </Field>
      )}
    </fieldset>
  );
}

/** The dialog is outside the form, and gone before a submit button in it would have sent anything. */
function sendForm(): void {
  const form = document.getElementById(FORM_ID);
  if (form instanceof HTMLFormElement) form.requestSubmit();
}

/** Asks once more, in the words of what was chosen. The form's answer is shown above its fields. */
function Confirm({ approved, rejected }: { approved: number; rejected: number }) {
  const t = useTranslations("partner.decide.confirm");
  const open = useTranslations("partner.decide");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <AlertDialog.Trigger className={buttonClass("primary")}>{open("submit")}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={OVERLAY_CLASS} />
        <AlertDialog.Content className={PANEL_CLASS} lang="en">
          <AlertDialog.Title className="text-lg font-semibold">{t("title")}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="grid gap-1 pt-2 text-sm text-ink-soft">
              <p>{t("summary", { approved, rejected })}</p>
              <p>{t("body")}</p>
            </div>
          </AlertDialog.Description>
          <div className="flex flex-col-reverse gap-2 pt-5 sm:flex-row sm:justify-end">
            <AlertDialog.Cancel className={buttonClass("secondary")}>{t("keep")}</AlertDialog.Cancel>
            <AlertDialog.Action
              onClick={sendForm}
              className={buttonClass(approved === 0 ? "danger" : "primary")}
            >
              {t("confirm")}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Approve or reject each company of a request, or all at once; confirmed before it counts. */
export function DecideForm({ requestId, environments, isFormPending, decide }: Props) {
  const t = useTranslations("partner.decide");
  const [rejected, setRejected] = useState<ReadonlySet<string>>(new Set());
  const choose = (id: string, choice: Choice) =>
    setRejected((before) => {
      const after = new Set(before);
      if (choice === "reject") after.add(id);
      else after.delete(id);
      return after;
    });
  const all = environments.map(({ environmentId }) => environmentId);
  return (
    <CardSection id="decide-title" title={t("title")} intro={t("intro")}>
      <ActionForm id={FORM_ID} action={decide} hidden={{ requestId }} className="grid gap-4">
        <FormError />
        {isFormPending && (
          <Alert tone="info" role="note">
            {t("formPending")}
          </Alert>
        )}
        {environments.length > 1 && (
          <div className="flex flex-wrap gap-2">
            <Button variant="secondary" size="small" onClick={() => setRejected(new Set())}>
              {t("approveAll")}
            </Button>
            <Button variant="secondary" size="small" onClick={() => setRejected(new Set(all))}>
              {t("rejectAll")}
            </Button>
          </div>
        )}
        {environments.length > 1 && rejected.size > 1 && (
          <Field name="reason" label={t("sameReason")}>
            <Textarea maxLength={MAX_REASON_LENGTH} rows={2} className="min-h-16" />
          </Field>
        )}
        <div className="divide-y divide-line">
          {environments.map((environment) => (
            <Choices
              key={environment.environmentId}
              environment={environment}
              choice={rejected.has(environment.environmentId) ? "reject" : "approve"}
              onChoose={(choice) => choose(environment.environmentId, choice)}
            />
          ))}
        </div>
        <div>
          <Confirm approved={environments.length - rejected.size} rejected={rejected.size} />
        </div>
      </ActionForm>
    </CardSection>
  );
}
