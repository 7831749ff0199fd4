import { handle } from "@/app/api/v1/respond";
import { rotateSecret } from "@/lib/partner/api/operations/webhooks";
import { rotateWebhookSecret } from "@/lib/partner/webhook/manage-endpoint";
import { getWebhookEndpoint } from "@/lib/partner/webhook/queries";

export const POST = handle(rotateSecret, async ({ tx, caller, id, body }) => {
  await getWebhookEndpoint(tx, caller, id);
  body();
  const secret = await rotateWebhookSecret(tx, caller, id);
  return { webhookEndpoint: await getWebhookEndpoint(tx, caller, id), secret };
});
