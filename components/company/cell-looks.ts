import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CircleSlash,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  RefreshCw,
  TriangleAlert,
} from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { CellState } from "@/lib/operations/company/schema";

export const CELL_LOOKS: Record<CellState, { tone: Tone; icon: LucideIcon }> = {
  active: { tone: "success", icon: CircleCheck },
  checking: { tone: "success", icon: CircleDashed },
  paused: { tone: "info", icon: CirclePause },
  needs_attention: { tone: "warning", icon: TriangleAlert },
  update_required: { tone: "warning", icon: RefreshCw },
  steps_left: { tone: "warning", icon: TriangleAlert },
  being_removed: { tone: "neutral", icon: LoaderCircle },
  your_turn: { tone: "warning", icon: TriangleAlert },
  awaiting_partner: { tone: "info", icon: Hourglass },
  activating: { tone: "info", icon: LoaderCircle },
  failed: { tone: "danger", icon: CircleX },
  unknown: { tone: "warning", icon: CircleHelp },
  rejected: { tone: "danger", icon: Ban },
  timed_out: { tone: "neutral", icon: Hourglass },
  ended: { tone: "neutral", icon: CircleSlash },
  not_connected: { tone: "neutral", icon: CircleDashed },
};
