import type { Tone } from "@/components/ui/tone";
import type { RequestView } from "@/lib/activation/schema";

/** Message keys under `status.headline`. */
export type HeadlineKey =
  | "waitingForCustomer"
  | "waitingForPartner"
  | "activating"
  | "allActive"
  | "allActiveAttention"
  | "someActive"
  | "ended"
  | "allRejected"
  | "allTimedOut"
  | "noneActive"
  | "cancelled";

export type Headline = { key: HeadlineKey; tone: Tone; active: number; attention: number; total: number };

function settledKey({ activations }: RequestView, active: number): HeadlineKey {
  const live = activations.filter(({ state, hasEnded }) => state === "active" && !hasEnded);
  if (active > 0 && live.length === 0) return "ended";
  if (active > 0 && active < activations.length) return "someActive";
  if (active > 0) return activations.some(({ attention }) => attention) ? "allActiveAttention" : "allActive";
  if (activations.every(({ state }) => state === "rejected")) return "allRejected";
  if (activations.every(({ state }) => state === "timed_out")) return "allTimedOut";
  return "noneActive";
}

function currentKey(view: RequestView, active: number): HeadlineKey {
  if (view.state === "cancelled") return "cancelled";
  if (view.state === "settled") return settledKey(view, active);
  // The vendor has yet to be told, but nothing will be switched on.
  if (view.activations.every(({ state }) => state === "rejected")) return "allRejected";
  if (view.waitingFor === "customer") return "waitingForCustomer";
  return view.waitingFor === "partner" ? "waitingForPartner" : "activating";
}

const TONES: Record<HeadlineKey, Tone> = {
  waitingForCustomer: "warning",
  waitingForPartner: "info",
  activating: "info",
  allActive: "success",
  allActiveAttention: "warning",
  someActive: "warning",
  ended: "neutral",
  allRejected: "danger",
  allTimedOut: "warning",
  noneActive: "danger",
  cancelled: "neutral",
};

/** The one sentence that is true of the whole request now. */
export function headlineOf(view: RequestView): Headline {
  const active = view.activations.filter(({ state }) => state === "active").length;
  const key = currentKey(view, active);
  const attention = view.activations.filter((activation) => activation.attention !== null).length;
  return { key, tone: TONES[key], active, attention, total: view.activations.length };
}
