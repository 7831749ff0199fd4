import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { classNames } from "./class-names";
import { Link } from "./link";
import { VisuallyHidden } from "./visually-hidden";

export type ProgressStep = { id: string; label: string; state: "done" | "current" | "ahead"; href?: string };

const MARK: Record<ProgressStep["state"], string> = {
  done: "border-accent bg-accent text-on-accent",
  current: "border-accent-text text-accent-text",
  ahead: "border-line-strong text-ink-soft",
};

function StepMark({ step, number }: { step: ProgressStep; number: number }) {
  return (
    <span
      aria-hidden
      className={classNames(
        "grid size-6 shrink-0 place-items-center rounded-full border-2 text-xs font-semibold tabular-nums",
        MARK[step.state],
      )}
    >
      {step.state === "done" ? <Check strokeWidth={3} className="size-3.5" /> : number}
    </span>
  );
}

/** One row of segments on a phone, with the current step in words; a vertical list beside the page from 1024 px. */
export function ProgressSteps({ label, steps }: { label: string; steps: ProgressStep[] }) {
  const t = useTranslations("ui.steps");
  const currentIndex = steps.findIndex((step) => step.state === "current");
  return (
    <nav aria-label={label}>
      <p aria-hidden className="flex justify-between gap-3 text-sm lg:hidden">
        <span className="font-medium">{steps[currentIndex]?.label}</span>
        <span className="text-ink-soft tabular-nums">
          {t("position", { current: currentIndex + 1, total: steps.length })}
        </span>
      </p>
      <ol className="mt-2 flex gap-1.5 lg:mt-0 lg:grid lg:gap-1">
        {steps.map((step, index) => (
          <li key={step.id} aria-current={step.state === "current" ? "step" : undefined} className="flex-1">
            <span
              aria-hidden
              className={classNames(
                "block h-1 rounded-full lg:hidden",
                step.state === "ahead" ? "bg-line" : "bg-accent",
              )}
            />
            <span
              className={classNames(
                "sr-only items-center gap-3 focus-within:not-sr-only focus-within:flex rounded-lg px-2 py-1.5 text-sm lg:not-sr-only lg:flex lg:py-1.5",
                step.state === "current" && "font-semibold",
                step.state === "ahead" && "text-ink-soft",
              )}
            >
              <StepMark step={step} number={index + 1} />
              {step.href && step.state === "done" ? (
                <Link href={step.href} className="rounded-sm hover:underline">
                  {step.label}
                </Link>
              ) : (
                step.label
              )}
              <VisuallyHidden> {t(step.state)}</VisuallyHidden>
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
