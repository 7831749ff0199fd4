import {
  Ban,
  CircleCheck,
  CircleHelp,
  CircleSlash,
  CircleX,
  ClockAlert,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  ThumbsUp,
} from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import { outcomeOf } from "@/lib/activation/request/outcome";
import type { ActivationOutcome, ActivationView } from "@/lib/activation/request/schema";

type Look = { tone: Tone; icon: LucideIcon; isSpinning?: boolean };

export const OUTCOME_LOOKS: Record<ActivationOutcome, Look> = {
  awaiting_partner: { tone: "neutral", icon: Hourglass },
  approved: { tone: "info", icon: ThumbsUp },
  activating: { tone: "info", icon: LoaderCircle, isSpinning: true },
  active: { tone: "success", icon: CircleCheck },
  rejected: { tone: "danger", icon: CircleX },
  timed_out: { tone: "warning", icon: ClockAlert },
  failed: { tone: "danger", icon: Ban },
  cancelled: { tone: "neutral", icon: CircleSlash },
  ended: { tone: "neutral", icon: CircleSlash },
  unknown: { tone: "warning", icon: CircleHelp },
};

/** What needs somebody comes first, what is done last. */
const ORDER: readonly ActivationOutcome[] = [
  "unknown",
  "failed",
  "rejected",
  "timed_out",
  "activating",
  "approved",
  "awaiting_partner",
  "active",
  "ended",
  "cancelled",
];

/** How many there are of each outcome, without those that nobody has, in the order of the list. */
export function countOutcomes(activations: readonly ActivationView[]): [ActivationOutcome, number][] {
  const counts = ORDER.map((outcome): [ActivationOutcome, number] => [
    outcome,
    activations.filter((activation) => outcomeOf(activation) === outcome).length,
  ]);
  return counts.filter(([, count]) => count > 0);
}

/** By outcome, then by name. Live rows would jump, so this is for the settled list only. */
export function sortSettled(activations: readonly ActivationView[]): ActivationView[] {
  return [...activations].sort(
    (one, other) =>
      ORDER.indexOf(outcomeOf(one)) - ORDER.indexOf(outcomeOf(other)) ||
      one.environmentName.localeCompare(other.environmentName),
  );
}
