import { CircleCheck, CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { SETUP_STEPS, type SetupStep, type SetupView } from "@/lib/partner/organization/schema";

type Props = {
  setup: SetupView;
  waiting: number;
  slug: string;
  live: ReactNode;
};

/** The way to where a step is done. */
function StepAction({ step, setup, slug }: { step: SetupStep } & Pick<Props, "setup" | "slug">) {
  const t = useTranslations("partner.overview.setup");
  if (step === "profile")
    return (
      <LinkButton href={`/partner/${slug}/profile`} variant="secondary" size="small">
        {t("toProfile")}
      </LinkButton>
    );
  if (step === "link")
    return setup.specification ? (
      <LinkButton href={`/partner/${slug}/links`} variant="secondary" size="small">
        {t("toLinks")}
      </LinkButton>
    ) : null;
  if (step === "application")
    return (
      <LinkButton href={`/partner/${slug}/applications`} variant="secondary" size="small">
        {t("toApplications")}
      </LinkButton>
    );
  return (
    <LinkButton
      href={`/partner/${slug}/integrations${step === "specification" ? "/new" : ""}`}
      variant="secondary"
      size="small"
    >
      {t(step === "specification" ? "toIntegrations" : "toReview")}
    </LinkButton>
  );
}

export function Overview({ setup, waiting, slug, live }: Props) {
  const t = useTranslations("partner.overview");
  const isDone = SETUP_STEPS.every((step) => setup[step]);
  return (
    <>
      <PageHeading title={t("title")} />
      <CardSection id="waiting" title={t("waiting.title")} aside={live}>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p>{t("waiting.count", { count: waiting })}</p>
          <LinkButton
            href={`/partner/${slug}/requests${waiting > 0 ? "?state=awaiting_partner" : ""}`}
            variant={waiting > 0 ? "primary" : "secondary"}
            size="small"
          >
            {t("waiting.show")}
          </LinkButton>
        </div>
      </CardSection>
      <CardSection id="setup" title={t("setup.title")} intro={t(isDone ? "setup.allDone" : "setup.intro")}>
        <ol className="divide-y divide-line">
          {SETUP_STEPS.map((step) => {
            const Icon = setup[step] ? CircleCheck : CircleDashed;
            return (
              <li key={step} className="flex gap-3 py-3 text-sm first:pt-0 last:pb-0">
                <Icon
                  aria-hidden
                  className={`mt-0.5 size-5 shrink-0 ${setup[step] ? "text-success-text" : "text-ink-soft"}`}
                />
                <div className="grid min-w-0 justify-items-start gap-1.5">
                  <p className="font-medium">
                    {t(`setup.${step}.title`)}{" "}
                    <VisuallyHidden>{t(setup[step] ? "setup.done" : "setup.open")}</VisuallyHidden>
                  </p>
                  {!setup[step] && (
                    <>
                      <p className="text-ink-soft">{t(`setup.${step}.todo`)}</p>
                      <StepAction step={step} setup={setup} slug={slug} />
                    </>
                  )}
                </div>
              </li>
            );
          })}
        </ol>
      </CardSection>
    </>
  );
}
