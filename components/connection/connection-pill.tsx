import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPill } from "@/components/ui/status-pill";
import type { ConnectionView } from "@/lib/connection/lifecycle/schema";
import { CONNECTION_LOOKS, PAUSED_LOOK } from "./connection-states";

type Shown = Pick<ConnectionView, "state" | "stepsLeft" | "isPaused">;

/** How a connection stands; whose turn it is, while it is being removed. */
export function ConnectionPill({ connection }: { connection: Shown }) {
  const t = useTranslations();
  const { state, stepsLeft, isPaused } = connection;
  if (stepsLeft > 0) {
    return (
      <StatusPill tone="warning" icon={TriangleAlert}>
        {t("companies.cell.steps_left", { count: stepsLeft })}
      </StatusPill>
    );
  }
  if (isPaused) return <StatusPill {...PAUSED_LOOK}>{t("states.connectionPaused")}</StatusPill>;
  return <StatusPill {...CONNECTION_LOOKS[state]}>{t(`states.connection.${state}`)}</StatusPill>;
}
