import { listApplicationFields } from "@/lib/connectors/application-field";
import { getConnector } from "@/lib/connectors/registry";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** A change brings all settings of the partner's; those of the operator stay, or are the configured stand-in's. */
export function settingsInTrial(
  { standIns }: Pick<WorkerContext, "standIns">,
  application: { connector: string; settings: Record<string, string> },
  trial: { settings: Record<string, string> | null },
): Record<string, string> {
  const { manifest } = getConnector(application.connector);
  const operators = listApplicationFields(manifest).flatMap(({ name, isOperators }) =>
    isOperators ? [name] : [],
  );
  const kept = Object.entries(application.settings).filter(([name]) => operators.includes(name));
  const standIn = standIns[application.connector];
  return {
    ...(trial.settings ?? application.settings),
    ...(standIn === undefined ? {} : { apiBaseUrl: standIn }),
    ...Object.fromEntries(kept),
  };
}
