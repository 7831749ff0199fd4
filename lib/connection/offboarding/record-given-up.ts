import { randomUUID } from "node:crypto";
import { offboardings } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { openTask } from "@/lib/platform/task/open-task";
import { finishRound } from "./finish-round";
import { recordStep } from "./record-step";
import type { OffboardingStep } from "./schema";

type GivenUp = {
  connectionId: string;
  partnerId: string;
  accountId: string;
  integrationId: string;
  /** The vendor has removed the integration; otherwise that is left to the customer. */
  isRevoked: boolean;
  /** It had been called active: its owner and the partner have to be told that it is not. */
  wasActive: boolean;
};

/**
 * The record of a connection that the system ended because its key is of no use: another company's, for another product, or of
 * a consent that ended before the key was ever used.
 * Such a key is destroyed at once and never tried, so nothing is proven about it: where the vendor could not be made to
 * forget it, a person has to see that it goes.
 */
export async function recordGivenUp(tx: SystemTransaction, given: GivenUp): Promise<void> {
  const { connectionId, partnerId, accountId, integrationId, isRevoked } = given;
  const now = new Date();
  const owned = { connectionId, partnerId, accountId };
  const keyFate = isRevoked ? "removed" : "left_to_customer";
  const row = {
    ...owned,
    askId: randomUUID(),
    askedBy: "system",
    keyFate,
    outcome: "not_proven",
    closedAt: now,
  } as const;
  await tx.insert(offboardings).values(row);
  const steps: OffboardingStep[] = [
    "asked",
    "calls_stopped",
    isRevoked ? "key_removed" : "key_left_to_customer",
    "data_key_destroyed",
    "closed",
  ];
  for (const kind of steps) await recordStep(tx, owned, kind);
  if (!isRevoked) await openTask(tx, { kind: "key_still_works", subjectId: connectionId, integrationId });
  if (given.wasActive) await finishRound(tx, { ...owned, askId: row.askId, askedByUser: null });
}
