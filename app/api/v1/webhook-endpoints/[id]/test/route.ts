import { handle } from "@/app/api/v1/respond";
import { testEndpoint } from "@/lib/partner/api/operations/webhooks";
import { getWebhookDelivery, getWebhookEndpoint } from "@/lib/partner/webhook/queries";
import { sendTestEvent } from "@/lib/partner/webhook/replay";

export const POST = handle(testEndpoint, async ({ tx, caller, id, body }) => {
  await getWebhookEndpoint(tx, caller, id);
  body();
  const deliveryId = await sendTestEvent(tx, caller, id);
  return { delivery: await getWebhookDelivery(tx, caller, deliveryId) };
});
