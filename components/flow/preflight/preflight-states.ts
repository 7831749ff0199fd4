import { CircleCheck, CircleHelp, LoaderCircle, OctagonAlert, TriangleAlert } from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { PreflightState } from "@/lib/activation/preflight/schema";

type Look = { tone: Tone; icon: typeof CircleCheck; isSpinning?: boolean };

export const PREFLIGHT_LOOKS: Record<PreflightState, Look> = {
  waiting: { tone: "info", icon: LoaderCircle, isSpinning: true },
  fine: { tone: "success", icon: CircleCheck },
  warned: { tone: "warning", icon: TriangleAlert },
  blocked: { tone: "danger", icon: OctagonAlert },
  unchecked: { tone: "neutral", icon: CircleHelp },
};
