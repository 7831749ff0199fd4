import { offboardingSteps } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { LoadedOffboarding } from "./load-offboarding";
import type { OffboardingStep } from "./schema";

/** Adds a step to the record; one that is there already keeps its time. */
export async function recordStep(
  tx: SystemTransaction,
  { connectionId, partnerId, accountId }: Pick<LoadedOffboarding, "connectionId" | "partnerId" | "accountId">,
  kind: OffboardingStep,
): Promise<void> {
  await tx
    .insert(offboardingSteps)
    .values({ connectionId, partnerId, accountId, kind, at: new Date() })
    .onConflictDoNothing();
}
