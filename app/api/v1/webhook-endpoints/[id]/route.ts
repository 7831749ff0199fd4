import { handle } from "@/app/api/v1/respond";
import { deleteEndpoint, getEndpoint, updateEndpoint } from "@/lib/partner/api/operations/webhooks";
import { deleteWebhookEndpoint, updateWebhookEndpoint } from "@/lib/partner/webhook/manage-endpoint";
import { getWebhookEndpoint } from "@/lib/partner/webhook/queries";

export const GET = handle(getEndpoint, async ({ tx, caller, id }) => ({
  webhookEndpoint: await getWebhookEndpoint(tx, caller, id),
}));

export const PATCH = handle(updateEndpoint, async ({ tx, caller, id, body, outgoing }) => {
  await getWebhookEndpoint(tx, caller, id);
  await updateWebhookEndpoint(tx, caller, id, body(), outgoing);
  return { webhookEndpoint: await getWebhookEndpoint(tx, caller, id) };
});

export const DELETE = handle(deleteEndpoint, async ({ tx, caller, id }) => {
  await deleteWebhookEndpoint(tx, caller, id);
  return undefined;
});
