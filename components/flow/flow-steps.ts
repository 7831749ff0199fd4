import type { ProgressStep } from "@/components/ui/progress-steps";

const FLOW_STEPS = [
  "review",
  "environments",
  "settings",
  "technical-user",
  "partner-steps",
  "status",
] as const;
export type FlowStep = (typeof FLOW_STEPS)[number];

/** Links of the steps that may be opened again. */
export type FlowHrefs = Partial<Record<FlowStep, string>>;

type Options = { current: FlowStep; hasSettings: boolean; hasPartnerSteps: boolean; hrefs?: FlowHrefs };

/** The steps of one activation, in order, seen from the current one. */
export function listFlowSteps({
  current,
  hasSettings,
  hasPartnerSteps,
  hrefs = {},
}: Options): Omit<ProgressStep, "label">[] {
  const isThere = { settings: hasSettings, "partner-steps": hasPartnerSteps };
  const steps = FLOW_STEPS.filter(
    (step) => (step !== "settings" && step !== "partner-steps") || isThere[step] || current === step,
  );
  const currentIndex = steps.indexOf(current);
  return steps.map((id, index) => {
    if (index === currentIndex) return { id, state: "current" };
    return { id, state: index < currentIndex ? "done" : "ahead", href: hrefs[id] };
  });
}
