import { Ban, CircleCheck, CircleDashed, CircleHelp, LoaderCircle, TriangleAlert } from "lucide-react";
import type { ApplicationState } from "@/lib/partner/application/schema";

/** How each state looks; the words are `partnerApplications.states`. */
export const APPLICATION_LOOKS = {
  trying: { tone: "info", icon: LoaderCircle, isSpinning: true },
  works: { tone: "success", icon: CircleCheck },
  change_refused: { tone: "warning", icon: TriangleAlert },
  refused: { tone: "danger", icon: Ban },
  incomplete: { tone: "warning", icon: CircleDashed },
  untried: { tone: "neutral", icon: CircleHelp },
} as const satisfies Record<ApplicationState, object>;
