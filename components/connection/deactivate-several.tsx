"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import type { FormAction } from "@/components/ui/form-state";
import { TextLink } from "@/components/ui/text-link";
import type { ConnectionView } from "@/lib/connection/lifecycle/schema";
import { ConfirmSeveral } from "./confirm-several";
import { TickList } from "./tick-list";

type Props = {
  connections: ConnectionView[];
  /** Gets `connectionIds`, as often as there are, and `reason`. */
  deactivateConnections: FormAction;
};

/** Ends many connections in one go: finding, ticking, confirming. */
export function DeactivateSeveral({ connections, deactivateConnections }: Props) {
  const t = useTranslations("connectionList.several");
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [isDone, setIsDone] = useState(false);
  // What has ended meanwhile is not in the list any more and is not sent.
  const chosen = connections.filter(({ id }) => ticked.has(id));
  const tick = (some: readonly string[], isTicked: boolean) => {
    const others = [...ticked].filter((id) => !some.includes(id));
    setTicked(new Set(isTicked ? [...others, ...some] : others));
    setIsDone(false);
  };
  // Told here and not by the dialog: with what has ended, the dialog is gone as well.
  const end: FormAction = async (previous, data) => {
    const state = await deactivateConnections(previous, data);
    if (state.status === "ok") {
      setTicked(new Set());
      setIsDone(true);
    }
    return state;
  };
  return (
    <div className="grid gap-4">
      {isDone && (
        // The list below holds only what has not ended.
        <Alert tone="success">
          {t.rich("done", { link: (chunks) => <TextLink href="/home">{chunks}</TextLink> })}
        </Alert>
      )}
      <TickList connections={connections} ticked={ticked} onTick={tick} />
      <div className="flex flex-wrap items-center gap-4">
        <ConfirmSeveral
          connections={chosen.map(({ id, environmentName, integrationName }) => ({
            id,
            label: `${environmentName}: ${integrationName}`,
          }))}
          action={end}
        />
        <p aria-live="polite" className="text-sm text-ink-soft">
          {t("count", { count: chosen.length })}
        </p>
      </div>
    </div>
  );
}
