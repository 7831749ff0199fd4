import { CircleCheck, CircleDashed, CircleDot } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { FIRST_STEPS, type FirstStep, type Progress } from "@/lib/connection/intake/schema";

type Props = {
  connectionId: string;
  connectorName: string;
  progress: Progress;
  /** The latest file was put away. */
  hasFailed: boolean;
  confirmFound: FormAction;
};

const LOOKS = {
  done: { Icon: CircleCheck, color: "text-success-text" },
  next: { Icon: CircleDot, color: "text-accent-text" },
  later: { Icon: CircleDashed, color: "text-ink-soft" },
} as const;

/** A first import as steps that tick themselves; what a page cannot see, a record at the vendor, the customer says. */
export function FirstImport({ connectionId, connectorName, progress, hasFailed, confirmFound }: Props) {
  const t = useTranslations("sftp.steps");
  const next = FIRST_STEPS.find((step) => !progress[step]);
  if (next === undefined)
    return (
      <Alert tone="success" role="note">
        {t("finished")}
      </Alert>
    );
  const placeOf = (step: FirstStep) => (progress[step] ? "done" : step === next ? "next" : "later");
  return (
    <CardSection id="first-import" title={t("title")} intro={t("intro")}>
      <ol className="grid gap-3">
        {FIRST_STEPS.map((step) => {
          const place = placeOf(step);
          const { Icon, color } = LOOKS[place];
          return (
            <li
              key={step}
              aria-current={place === "next" ? "step" : undefined}
              className="flex gap-3 text-sm"
            >
              <Icon aria-hidden className={classNames("mt-0.5 size-4 shrink-0", color)} />
              <div className="grid min-w-0 justify-items-start gap-1">
                <p
                  className={classNames(
                    place === "next" && "font-semibold",
                    place === "later" && "text-ink-soft",
                  )}
                >
                  <VisuallyHidden>{t(place)} </VisuallyHidden>
                  {t(step, { connector: connectorName })}
                </p>
                {place === "next" && <p className="text-ink-soft">{t(`${step}Hint`)}</p>}
                {place === "next" && step === "rows" && hasFailed && (
                  <p className="font-medium text-danger-text">{t("rowsFailed")}</p>
                )}
                {place === "next" && step === "found" && (
                  <ActionForm action={confirmFound} hidden={{ connectionId }} className="grid gap-2 pt-1">
                    <FormError />
                    <SubmitButton size="small" variant="secondary" pendingLabel={t("foundPending")}>
                      {t("foundSubmit")}
                    </SubmitButton>
                  </ActionForm>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </CardSection>
  );
}
