import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { FailureView, RunView, StepView } from "@/lib/operations/jobs/schema";
import { STEP_LOOKS } from "./run-looks";

function Step({ step, runHref }: { step: StepView; runHref: (id: string) => string }) {
  const t = useTranslations("operator.jobs.steps");
  const { settledAt, dueAt, invokedRunId } = step;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3 text-sm">
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium wrap-anywhere">{step.name}</p>
        <p className="text-ink-soft">
          <Time at={step.openedAt} />
          {settledAt && (
            <>
              {" – "}
              <Time at={settledAt} />
            </>
          )}
          {step.attempts > 1 && <> · {t("attempts", { count: step.attempts })}</>}
          {!settledAt && dueAt && <> · {t.rich("due", { time: () => <Time at={dueAt} /> })}</>}
        </p>
        {step.eventName && <code className="text-xs wrap-anywhere">{step.eventName}</code>}
        {invokedRunId && (
          <p>
            <TextLink href={runHref(invokedRunId)}>{t("invoked")}</TextLink>
          </p>
        )}
        {step.error && (
          <p className="wrap-anywhere text-danger-text">
            {step.error.name}: {step.error.message}
          </p>
        )}
      </div>
      <StatusPill {...STEP_LOOKS[step.state]}>{t(`states.${step.state}`)}</StatusPill>
    </li>
  );
}

function Failure({ failure }: { failure: FailureView }) {
  const t = useTranslations("operator.jobs.failures");
  const { retryAt } = failure;
  return (
    <li className="grid gap-0.5 py-3 text-sm">
      <p className="font-medium wrap-anywhere">
        {t("of", { step: failure.stepName ?? t("outside"), attempt: failure.attempt })}
      </p>
      <p className="wrap-anywhere">
        {failure.error.name}: {failure.error.message}
      </p>
      <p className="text-ink-soft">
        <Time at={failure.failedAt} />
        {" · "}
        {retryAt ? t.rich("next", { time: () => <Time at={retryAt} /> }) : t("last")}
      </p>
    </li>
  );
}

/** The steps of a run in the order in which they were opened, then every try that failed. */
export function RunTimeline({ run, runHref }: { run: RunView; runHref: (id: string) => string }) {
  const t = useTranslations("operator.jobs");
  return (
    <>
      <CardSection id="steps" title={t("steps.title")}>
        {run.steps.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("steps.none")}</p>
        ) : (
          <ol className="divide-y divide-line">
            {run.steps.map((step) => (
              <Step key={`${step.name}-${step.openedAt}`} step={step} runHref={runHref} />
            ))}
          </ol>
        )}
      </CardSection>
      {run.failures.length > 0 && (
        <CardSection id="failures" title={t("failures.title")}>
          <ol className="divide-y divide-line">
            {run.failures.map((failure) => (
              <Failure key={`${failure.failedAt}-${failure.stepName}`} failure={failure} />
            ))}
          </ol>
        </CardSection>
      )}
    </>
  );
}
