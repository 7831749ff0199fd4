import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Moon,
} from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { RunState, StepState } from "@/lib/operations/jobs/schema";

type Look = { tone: Tone; icon: LucideIcon };

export const RUN_LOOKS: Record<RunState, Look> = {
  running: { tone: "info", icon: LoaderCircle },
  completed: { tone: "success", icon: CircleCheck },
  failed: { tone: "danger", icon: CircleX },
  cancelled: { tone: "neutral", icon: CircleSlash },
};

export const STEP_LOOKS: Record<StepState, Look> = {
  planned: { tone: "info", icon: CircleDashed },
  sleeping: { tone: "neutral", icon: Moon },
  waiting: { tone: "neutral", icon: Hourglass },
  failed: { tone: "danger", icon: CircleX },
  done: { tone: "success", icon: CircleCheck },
};
