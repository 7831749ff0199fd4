import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPill } from "@/components/ui/status-pill";
import type { ConnectionView } from "@/lib/connection/lifecycle/schema";
import { CONNECTION_LOOKS } from "./connection-states";

/** How a connection stands; whose turn it is, while it is being removed. */
export function ConnectionPill({ connection }: { connection: Pick<ConnectionView, "state" | "stepsLeft"> }) {
  const t = useTranslations();
  const { state, stepsLeft } = connection;
  if (stepsLeft > 0) {
    return (
      <StatusPill tone="warning" icon={TriangleAlert}>
        {t("companies.cell.steps_left", { count: stepsLeft })}
      </StatusPill>
    );
  }
  return <StatusPill {...CONNECTION_LOOKS[state]}>{t(`states.connection.${state}`)}</StatusPill>;
}
