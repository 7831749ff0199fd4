import { handle } from "@/app/api/v1/respond";
import { createEndpoint, listEndpoints } from "@/lib/partner/api/operations/webhooks";
import { createWebhookEndpoint } from "@/lib/partner/webhook/manage-endpoint";
import { getWebhookEndpoint, listWebhookEndpoints } from "@/lib/partner/webhook/queries";

export const GET = handle(listEndpoints, async ({ tx, caller }) => ({
  webhookEndpoints: await listWebhookEndpoints(tx, caller),
}));

export const POST = handle(createEndpoint, async ({ tx, caller, body, outgoing }) => {
  const { id, secret } = await createWebhookEndpoint(tx, caller, body(), outgoing);
  return { webhookEndpoint: await getWebhookEndpoint(tx, caller, id), secret };
});
