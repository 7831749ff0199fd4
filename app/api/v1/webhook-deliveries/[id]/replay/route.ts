import { handle } from "@/app/api/v1/respond";
import { replayOne } from "@/lib/partner/api/operations/webhooks";
import { getWebhookDelivery } from "@/lib/partner/webhook/queries";
import { replayDelivery } from "@/lib/partner/webhook/replay";

export const POST = handle(replayOne, async ({ tx, caller, id, body }) => {
  await getWebhookDelivery(tx, caller, id);
  body();
  await replayDelivery(tx, caller, id);
  return { delivery: await getWebhookDelivery(tx, caller, id) };
});
