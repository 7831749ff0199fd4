import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Container, Main } from "@/components/shell/container";
import type { PlainFormAction } from "@/components/ui/form-state";
import { ProgressSteps } from "@/components/ui/progress-steps";
import { type FlowHrefs, type FlowStep, listFlowSteps } from "./flow-steps";
import { IntegrationIdentity, type IntegrationIdentityProps } from "./integration-identity";
import { PreparedNote, type PreparedNoteView } from "./prepared-note";
import { useVendorWords } from "./use-vendor-words";

type Props = IntegrationIdentityProps & {
  connectorId: string;
  current: FlowStep;
  hasSettings: boolean;
  hasPartnerSteps: boolean;
  hrefs?: FlowHrefs;
  /** For who goes on with what another person prepared. */
  note?: (PreparedNoteView & { leave: PlainFormAction }) | null;
  children: ReactNode;
};

/** The frame of every step: what is being activated, where one is, and the step itself. */
export function FlowFrame({
  connectorId,
  current,
  hasSettings,
  hasPartnerSteps,
  hrefs,
  note,
  children,
  ...identity
}: Props) {
  const t = useTranslations("shell.flow");
  const words = useVendorWords(connectorId, "shell.flow.steps");
  const steps = listFlowSteps({ current, hasSettings, hasPartnerSteps, hrefs }).map((step) => ({
    ...step,
    label: words(step.id),
  }));
  return (
    <>
      <section aria-label={t("identityLabel")} className="border-b border-line bg-surface">
        <Container className="py-4">
          <IntegrationIdentity {...identity} />
        </Container>
      </section>
      <Container className="grid flex-1 content-start gap-6 py-5 lg:grid-cols-[12.5rem_minmax(0,1fr)] lg:gap-10 lg:py-10">
        <div className="lg:sticky lg:top-8 lg:self-start">
          <ProgressSteps label={t("stepsLabel")} steps={steps} />
        </div>
        <Main isBare>
          <div className="grid min-w-0 gap-6">
            {note && <PreparedNote note={note} leave={note.leave} />}
            {children}
          </div>
        </Main>
      </Container>
    </>
  );
}
