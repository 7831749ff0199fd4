import type { Tone } from "@/components/ui/tone";
import { outcomeOf } from "@/lib/activation/request/outcome";
import type { ActivationOutcome, ActivationView, RequestView } from "@/lib/activation/request/schema";

/** Message keys under `status.headline`. */
export type HeadlineKey =
  | "waitingForCustomer"
  | "waitingForPartner"
  | "activating"
  | "allActive"
  | "allActiveAttention"
  | "notReady"
  | "someActive"
  | "someEnded"
  | "ended"
  | "allRejected"
  | "allTimedOut"
  | "noneActive"
  | "noneKnown"
  | "cancelled";

export type Headline = {
  key: HeadlineKey;
  tone: Tone;
  active: number;
  ended: number;
  attention: number;
  total: number;
};

type Counts = Pick<Headline, "active" | "ended">;

/** Connected, while the vendor system is not ready for rows: nothing may call it active. */
export function isUnready({ attention }: Pick<ActivationView, "attention">): boolean {
  return attention === "preparation_pending" || attention === "not_prepared";
}

function settledKey({ activations }: RequestView, { active, ended }: Counts): HeadlineKey {
  if (ended > 0) return active === 0 ? "ended" : "someEnded";
  if (activations.some(isUnready)) return "notReady";
  if (active > 0 && active < activations.length) return "someActive";
  if (active > 0) return activations.some(({ attention }) => attention) ? "allActiveAttention" : "allActive";
  if (activations.every(({ state }) => state === "rejected")) return "allRejected";
  if (activations.every(({ state }) => state === "timed_out")) return "allTimedOut";
  return activations.every((one) => outcomeOf(one) === "unknown") ? "noneKnown" : "noneActive";
}

function currentKey(view: RequestView, counts: Counts): HeadlineKey {
  if (view.state === "cancelled") return "cancelled";
  if (view.state === "settled") return settledKey(view, counts);
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
  notReady: "warning",
  someActive: "warning",
  someEnded: "neutral",
  ended: "neutral",
  allRejected: "danger",
  allTimedOut: "warning",
  noneActive: "danger",
  noneKnown: "warning",
  cancelled: "neutral",
};

/** The one sentence that is true of the whole request now. */
export function headlineOf(view: RequestView): Headline {
  const count = (outcome: ActivationOutcome) =>
    view.activations.filter((activation) => outcomeOf(activation) === outcome).length;
  const counts = { active: count("active"), ended: count("ended") };
  const key = currentKey(view, counts);
  const attention = view.activations.filter((activation) => activation.attention !== null).length;
  return { key, tone: TONES[key], ...counts, attention, total: view.activations.length };
}
