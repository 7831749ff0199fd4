import type { Tone } from "@/components/ui/tone";
import type { LinkState } from "@/lib/partner/link/schema";

export const LINK_TONES = {
  live: "success",
  used_up: "neutral",
  expired: "neutral",
  withdrawn: "neutral",
} as const satisfies Record<LinkState, Tone>;
