import { useTranslations } from "next-intl";
import { StatusPill } from "@/components/ui/status-pill";
import { type DeliveryView, ROW_STATES, type RowState } from "@/lib/connection/delivery/schema";
import { ROW_TONES } from "./outcome-looks";

const TROUBLE: readonly RowState[] = ["incomplete", "rejected", "waiting", "unknown"];

/** How many rows are in which state; those that need somebody alone, where there is little room. */
export function OutcomeCounts({
  counts,
  onlyTrouble = false,
}: Pick<DeliveryView, "counts"> & { onlyTrouble?: boolean }) {
  const t = useTranslations("deliveries.outcomes");
  return ROW_STATES.map((state) => {
    const count = counts[state] ?? 0;
    if (count === 0 || (onlyTrouble && !TROUBLE.includes(state))) return null;
    return (
      <StatusPill key={state} tone={ROW_TONES[state]}>
        {count} {t(state)}
      </StatusPill>
    );
  });
}
