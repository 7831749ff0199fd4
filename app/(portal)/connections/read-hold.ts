import type { FormState } from "@/components/ui/form-state";
import { readEndTime, readPauseTimes } from "@/lib/connection/hold/rules";
import { type HoldKind, pauseInput, scheduledEndInput } from "@/lib/connection/hold/schema";

type Wanted = {
  connectionId: string;
  kind: HoldKind;
  reason: string | null;
  since: Date;
  until: Date | null;
};
type Read = { ok: true; wanted: Wanted } | { ok: false; state: FormState };

const refuse = (fieldErrors?: Record<string, string>): Read => ({
  ok: false,
  state: { status: "error", code: "invalid_input", ...(fieldErrors && { fieldErrors }) },
});
const textOf = (data: FormData, name: string): string => String(data.get(name) ?? "");

/** A pause as the form of a customer, a partner's member or an operator sends it. */
export function readPause(data: FormData, now = new Date()): Read {
  const input = pauseInput.safeParse({
    connectionId: data.get("connectionId"),
    reason: textOf(data, "reason"),
    from: textOf(data, "from"),
    until: textOf(data, "until"),
    zone: textOf(data, "zone"),
  });
  if (!input.success) return refuse();
  const { connectionId, reason } = input.data;
  const times = readPauseTimes(input.data, now);
  if ("error" in times) return refuse({ [times.field]: `day_${times.error}` });
  return { ok: true, wanted: { connectionId, kind: "pause", reason, ...times } };
}

/** An end on a day, as the form sends it. */
export function readScheduledEnd(data: FormData, now = new Date()): Read {
  const until = textOf(data, "until");
  if (until === "") return refuse({ until: "required" });
  const input = scheduledEndInput.safeParse({
    connectionId: data.get("connectionId"),
    reason: textOf(data, "reason"),
    until,
    zone: textOf(data, "zone"),
  });
  if (!input.success) return refuse();
  const { connectionId, reason, zone } = input.data;
  const end = readEndTime(input.data.until, zone, now);
  if (typeof end === "string") return refuse({ until: `day_${end}` });
  return { ok: true, wanted: { connectionId, kind: "scheduled_end", reason, since: now, until: end } };
}
