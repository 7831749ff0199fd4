import type { Database } from "@/db/client";
import type { Limiter } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import type { LimiterContext } from "./acquire-slots";
import { type CountedLimits, limitsOf, type VendorLimit } from "./schema";
import { SlotQueue, TooLongQueue } from "./slot-queue";

/** One desk for each limit and process. */
const desks = new WeakMap<Database, Map<string, SlotQueue>>();

function deskOf(context: LimiterContext, limit: VendorLimit): SlotQueue {
  const ofDatabase = desks.get(context.database) ?? new Map<string, SlotQueue>();
  desks.set(context.database, ofDatabase);
  const desk = ofDatabase.get(limit.key) ?? new SlotQueue(context, limit);
  ofDatabase.set(limit.key, desk);
  return desk;
}

/**
 * The calls of all processes under one limit of a vendor's, fair between tenants: whoever has many calls waits for its
 * own, and not the others for them. Decision 21 tells how.
 */
export function createLimiter(context: LimiterContext, limit: VendorLimit, tenant: string): Limiter {
  return {
    async take() {
      try {
        return await deskOf(context, limit).take(tenant);
      } catch (error) {
        if (!(error instanceof TooLongQueue)) throw error;
        const answer = {
          status: null,
          messages: [],
          operation: "wait for the vendor's limit",
          at: new Date().toISOString(),
        };
        throw new ConnectorError("unavailable", answer, { unsent: true });
      }
    },
  };
}

/** A place under each limit that the vendor counts a call by: all of them, or none when one queue is too long. */
export function createVendorLimiter(
  context: LimiterContext,
  { limiterKey, limits }: CountedLimits,
  tenant: string,
): Limiter {
  return {
    async take(environment) {
      const held: (() => void)[] = [];
      const giveBack = () => {
        for (const end of held) end();
      };
      try {
        for (const limit of limitsOf({ limiterKey, limits }, environment))
          held.push(await createLimiter(context, limit, tenant).take());
      } catch (error) {
        giveBack();
        throw error;
      }
      return giveBack;
    },
  };
}
