import {
  CircleCheck,
  CirclePause,
  CircleSlash,
  LoaderCircle,
  type LucideIcon,
  RefreshCw,
  TriangleAlert,
} from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { ShownConnectionState } from "@/lib/connection/lifecycle/schema";

/** A pause is no state: it lies over one. */
export const PAUSED_LOOK = { tone: "info", icon: CirclePause } as const satisfies {
  tone: Tone;
  icon: LucideIcon;
};

export const CONNECTION_LOOKS: Record<ShownConnectionState, { tone: Tone; icon: LucideIcon }> = {
  active: { tone: "success", icon: CircleCheck },
  needs_attention: { tone: "warning", icon: TriangleAlert },
  update_required: { tone: "warning", icon: RefreshCw },
  offboarding: { tone: "neutral", icon: LoaderCircle },
  removed: { tone: "neutral", icon: CircleSlash },
};
