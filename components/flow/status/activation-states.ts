import {
  Ban,
  CircleCheck,
  CircleSlash,
  CircleX,
  ClockAlert,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  ThumbsUp,
} from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { ActivationState, ActivationView } from "@/lib/activation/schema";

type Look = { tone: Tone; icon: LucideIcon; isSpinning?: boolean };

export const ACTIVATION_LOOKS: Record<ActivationState, Look> = {
  awaiting_partner: { tone: "neutral", icon: Hourglass },
  approved: { tone: "info", icon: ThumbsUp },
  activating: { tone: "info", icon: LoaderCircle, isSpinning: true },
  active: { tone: "success", icon: CircleCheck },
  rejected: { tone: "danger", icon: CircleX },
  timed_out: { tone: "warning", icon: ClockAlert },
  failed: { tone: "danger", icon: Ban },
  cancelled: { tone: "neutral", icon: CircleSlash },
};

/** What needs somebody comes first, what is done last. */
const ORDER: readonly ActivationState[] = [
  "failed",
  "rejected",
  "timed_out",
  "activating",
  "approved",
  "awaiting_partner",
  "active",
  "cancelled",
];

/** How many there are in each state, without the states that nobody is in, in the order of the list. */
export function countStates(activations: readonly ActivationView[]): [ActivationState, number][] {
  const counts = ORDER.map((state): [ActivationState, number] => [
    state,
    activations.filter((activation) => activation.state === state).length,
  ]);
  return counts.filter(([, count]) => count > 0);
}

/** By state, then by name. Live rows would jump, so this is for the settled list only. */
export function sortSettled(activations: readonly ActivationView[]): ActivationView[] {
  return [...activations].sort(
    (one, other) =>
      ORDER.indexOf(one.state) - ORDER.indexOf(other.state) ||
      one.environmentName.localeCompare(other.environmentName),
  );
}
