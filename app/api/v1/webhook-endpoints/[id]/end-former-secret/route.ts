import { handle } from "@/app/api/v1/respond";
import { endFormer } from "@/lib/partner/api/operations/webhooks";
import { endFormerSecret } from "@/lib/partner/webhook/manage-endpoint";
import { getWebhookEndpoint } from "@/lib/partner/webhook/queries";

export const POST = handle(endFormer, async ({ tx, caller, id, body }) => {
  await getWebhookEndpoint(tx, caller, id);
  body();
  await endFormerSecret(tx, caller, id);
  return { webhookEndpoint: await getWebhookEndpoint(tx, caller, id) };
});
