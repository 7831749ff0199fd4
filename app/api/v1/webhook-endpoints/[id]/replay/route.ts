import { handle } from "@/app/api/v1/respond";
import { replayEndpoint } from "@/lib/partner/api/operations/webhooks";
import { getWebhookEndpoint } from "@/lib/partner/webhook/queries";
import { countReplay, replayRange } from "@/lib/partner/webhook/replay";

export const POST = handle(replayEndpoint, async ({ tx, caller, id, body }) => {
  await getWebhookEndpoint(tx, caller, id);
  const { states, from, to, dryRun } = body();
  const range = { states, from: from ? new Date(from) : undefined, to: to ? new Date(to) : undefined };
  const count = dryRun ? await countReplay(tx, caller, id, range) : await replayRange(tx, caller, id, range);
  return { count, isReplayed: !dryRun };
});
