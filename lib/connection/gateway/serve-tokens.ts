import { isNotNull } from "drizzle-orm";
import { gatewayTokens } from "@/db/schema";
import { mapConcurrently } from "@/lib/core/map-concurrently";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { mintToken } from "./mint-token";

const TOKENS_ASKED = "kytkin_gateway_tokens";

/** A notification can be lost; what is asked is in a row. */
const LOOK_EVERY_MS = 2000;
const AT_ONCE = 8;

/** Mints what gateways ask for, in every worker: at the notification, and by looking while the gateway waits. */
export async function serveTokens(context: WorkerContext): Promise<{ stop(): Promise<void> }> {
  const working = new Set<Promise<void>>();
  let isStopping = false;
  const run = (work: Promise<unknown>): void => {
    const done = work
      .then(() => {})
      .catch((error: unknown) => context.log.warn({ err: error }, "tokens for the gateway were not served"))
      .finally(() => working.delete(done));
    working.add(done);
  };
  const look = async (): Promise<void> => {
    const asked = await asSystem(context, "find gateway tokens that are asked for", (tx) =>
      tx
        .select({ connectionId: gatewayTokens.connectionId })
        .from(gatewayTokens)
        .where(isNotNull(gatewayTokens.askedAt))
        .limit(200),
    );
    await mapConcurrently(asked, AT_ONCE, ({ connectionId }) => mintToken(context, connectionId));
  };
  const listening = await context.database.sql.listen(
    TOKENS_ASKED,
    (connectionId) => {
      if (!isStopping) run(mintToken(context, connectionId));
    },
    () => {
      if (!isStopping) run(look());
    },
  );
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    run(look().finally(() => (isLooking = false)));
  }, LOOK_EVERY_MS);
  return {
    async stop() {
      isStopping = true;
      clearInterval(timer);
      await listening.unlisten().catch(() => {});
      await Promise.all(working);
    },
  };
}
