import { setTimeout as delay } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import { offboardingSteps } from "@/db/schema";
import { STOPPED_WITHIN_MS } from "@/lib/connection/lifecycle/fence";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import type { LoadedOffboarding } from "./load-offboarding";
import { recordStep } from "./record-step";

/**
 * Records that calls have stopped once that is true in every process: none remembers a state that was read before the end for longer
 * than the wait here, which begins after the end was committed. Calls of the end itself come after it.
 */
export async function recordCallsStopped(context: WorkerContext, loaded: LoadedOffboarding): Promise<void> {
  const { connectionId } = loaded;
  const [recorded] = await asSystem(context, "look for the stop of calls", (tx) =>
    tx
      .select({ id: offboardingSteps.id })
      .from(offboardingSteps)
      .where(
        and(eq(offboardingSteps.connectionId, connectionId), eq(offboardingSteps.kind, "calls_stopped")),
      ),
  );
  if (recorded) return;
  await delay(STOPPED_WITHIN_MS);
  await asSystem(context, "record the stop of calls", (tx) => recordStep(tx, loaded, "calls_stopped"));
}
