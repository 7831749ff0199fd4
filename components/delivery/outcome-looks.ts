import type { Tone } from "@/components/ui/tone";
import type { DeliveryState, RowState } from "@/lib/connection/delivery/schema";

export const ROW_TONES: Record<RowState, Tone> = {
  collected: "info",
  queued: "info",
  sending: "info",
  written: "success",
  incomplete: "warning",
  unchanged: "neutral",
  rejected: "danger",
  waiting: "warning",
  unknown: "warning",
  superseded: "neutral",
};

export const DELIVERY_TONES: Record<DeliveryState, Tone> = {
  collecting: "info",
  queued: "info",
  settled: "success",
  dropped: "danger",
};
