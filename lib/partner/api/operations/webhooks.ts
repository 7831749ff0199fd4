import { z } from "zod";
import { API_KEY_SCOPES } from "@/lib/partner/organization/roles";
import { WEBHOOK_EVENT_TYPES } from "@/lib/partner/webhook/events";
import {
  DELIVERY_STATES,
  DISABLED_BECAUSE,
  ENDPOINT_STATES,
  subscribedTypes,
  webhookUrl,
} from "@/lib/partner/webhook/schema";
import { positionQuery } from "../schema";
import { nextCursor, noBody, noQuery, operation, time } from "./operation";

export const webhookEvent = z
  .looseObject({
    id: z.uuid().meta({ description: "The `webhook-id` of each attempt" }),
    type: z.enum(WEBHOOK_EVENT_TYPES),
    timestamp: time,
    subjectId: z.uuid(),
    sequence: z
      .int()
      .meta({ description: "Rises with each event of the subject: drop what is lower than you have." }),
    data: z.looseObject({}),
  })
  .meta({ id: "Event" });
const endpoint = z
  .looseObject({
    id: z.uuid(),
    url: z.url(),
    description: z.string(),
    eventTypes: z.array(z.enum(WEBHOOK_EVENT_TYPES)).meta({ description: "Empty: every type" }),
    state: z.enum(ENDPOINT_STATES),
    disabledBecause: z.enum(DISABLED_BECAUSE).nullable(),
    failingSince: time.nullable(),
    previousSecretUntil: time.nullable().meta({ description: "Until then two secrets sign." }),
    createdAt: time,
  })
  .meta({ id: "WebhookEndpoint" });
const deliveryFields = {
  id: z.uuid(),
  endpointId: z.uuid(),
  event: webhookEvent,
  state: z.enum(DELIVERY_STATES),
  failures: z.int(),
  nextAttemptAt: time.nullable(),
  deliveredAt: time.nullable(),
};
const delivery = z.looseObject(deliveryFields).meta({ id: "Delivery" });
const deliveryWithAttempts = z
  .looseObject({
    ...deliveryFields,
    attempts: z.array(
      z.looseObject({
        startedAt: time,
        endedAt: time.nullable().meta({ description: "null: it was interrupted" }),
        request: z.looseObject({ url: z.string(), timestamp: z.int(), body: z.string() }),
        status: z.int().nullable(),
        error: z.string().nullable(),
        answer: z.string().nullable().meta({ description: "The first 2,000 bytes" }),
      }),
    ),
  })
  .meta({ id: "DeliveryWithAttempts" });
const secret = z
  .string()
  .nullable()
  .meta({ description: "`whsec_` and 32 bytes in base64. Shown once; null in a repeated answer." });
const oneEndpoint = z.looseObject({ webhookEndpoint: endpoint });
const withSecret = z.looseObject({ webhookEndpoint: endpoint, secret });
const description = z.string().trim().max(200);

export const listEvents = operation({
  id: "listEvents",
  tag: "Events",
  method: "get",
  path: "/events",
  scope: "events.read",
  summary: "List events of the last 30 days, newest first",
  query: positionQuery.extend({
    type: z.enum(WEBHOOK_EVENT_TYPES).optional(),
    subjectId: z.uuid().optional(),
  }),
  status: 200,
  answer: z.looseObject({ events: z.array(webhookEvent), nextCursor }),
});
export const getEvent = operation({
  id: "getEvent",
  tag: "Events",
  method: "get",
  path: "/events/{id}",
  scope: "events.read",
  summary: "Read an event",
  query: noQuery,
  status: 200,
  answer: z.looseObject({ event: webhookEvent }),
  refusals: [404],
});

const TAG = "Webhooks";
export const listEndpoints = operation({
  id: "listWebhookEndpoints",
  tag: TAG,
  method: "get",
  path: "/webhook-endpoints",
  scope: "webhooks.read",
  summary: "List endpoints",
  query: noQuery,
  status: 200,
  answer: z.looseObject({ webhookEndpoints: z.array(endpoint) }),
});
export const createEndpoint = operation({
  id: "createWebhookEndpoint",
  tag: TAG,
  method: "post",
  path: "/webhook-endpoints",
  scope: "webhooks.manage",
  summary: "Add an endpoint; its secret is shown in this answer alone",
  body: z.strictObject({
    url: webhookUrl,
    description: description.default(""),
    eventTypes: subscribedTypes.default([]),
  }),
  status: 201,
  answer: withSecret,
  secretField: "secret",
  refusals: [409],
});
export const getEndpoint = operation({
  id: "getWebhookEndpoint",
  tag: TAG,
  method: "get",
  path: "/webhook-endpoints/{id}",
  scope: "webhooks.read",
  summary: "Read an endpoint",
  query: noQuery,
  status: 200,
  answer: oneEndpoint,
  refusals: [404],
});
export const updateEndpoint = operation({
  id: "updateWebhookEndpoint",
  tag: TAG,
  method: "patch",
  path: "/webhook-endpoints/{id}",
  scope: "webhooks.manage",
  summary: "Change an endpoint, pause it, or make it active again",
  description: "Events of a paused or disabled endpoint are held until they are replayed.",
  body: z.strictObject({
    url: webhookUrl.optional(),
    description: description.optional(),
    eventTypes: subscribedTypes.optional(),
    state: z.enum(["active", "paused"]).optional(),
  }),
  status: 200,
  answer: oneEndpoint,
  refusals: [404],
});
export const deleteEndpoint = operation({
  id: "deleteWebhookEndpoint",
  tag: TAG,
  method: "delete",
  path: "/webhook-endpoints/{id}",
  scope: "webhooks.manage",
  summary: "Delete an endpoint with its deliveries",
  status: 204,
  refusals: [404],
});
export const rotateSecret = operation({
  id: "rotateWebhookSecret",
  tag: TAG,
  method: "post",
  path: "/webhook-endpoints/{id}/rotate-secret",
  scope: "webhooks.manage",
  summary: "A new secret; the former one signs too for 24 hours",
  body: noBody.optional(),
  status: 200,
  answer: withSecret,
  secretField: "secret",
  refusals: [404, 409],
});
export const endFormer = operation({
  id: "endFormerWebhookSecret",
  tag: TAG,
  method: "post",
  path: "/webhook-endpoints/{id}/end-former-secret",
  scope: "webhooks.manage",
  summary: "End the former secret of a rotation at once",
  body: noBody.optional(),
  status: 200,
  answer: oneEndpoint,
  refusals: [404, 409],
});
export const testEndpoint = operation({
  id: "testWebhookEndpoint",
  tag: TAG,
  method: "post",
  path: "/webhook-endpoints/{id}/test",
  scope: "webhooks.manage",
  summary: "Send an event of type endpoint.test",
  body: noBody.optional(),
  status: 200,
  answer: z.looseObject({ delivery: deliveryWithAttempts }),
  refusals: [404, 409],
});
export const replayEndpoint = operation({
  id: "replayWebhookDeliveries",
  tag: TAG,
  method: "post",
  path: "/webhook-endpoints/{id}/replay",
  scope: "webhooks.manage",
  summary: "Send a range of deliveries again, or count it first",
  description: "With `dryRun` nothing is sent. Without `from` the range begins 30 days ago.",
  body: z.strictObject({
    states: z.array(z.enum(["held", "failed", "delivered"])).min(1),
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    dryRun: z.boolean().default(true),
  }),
  status: 200,
  answer: z.looseObject({ count: z.int(), isReplayed: z.boolean() }),
  refusals: [404, 409],
});
export const listDeliveriesOperation = operation({
  id: "listWebhookDeliveries",
  tag: TAG,
  method: "get",
  path: "/webhook-endpoints/{id}/deliveries",
  scope: "webhooks.read",
  summary: "List deliveries of an endpoint, newest first",
  query: positionQuery.extend({ state: z.enum(DELIVERY_STATES).optional() }),
  status: 200,
  answer: z.looseObject({ deliveries: z.array(delivery), nextCursor }),
  refusals: [404],
});
export const getDelivery = operation({
  id: "getWebhookDelivery",
  tag: TAG,
  method: "get",
  path: "/webhook-deliveries/{id}",
  scope: "webhooks.read",
  summary: "Read a delivery with its attempts",
  query: noQuery,
  status: 200,
  answer: z.looseObject({ delivery: deliveryWithAttempts }),
  refusals: [404],
});
export const replayOne = operation({
  id: "replayWebhookDelivery",
  tag: TAG,
  method: "post",
  path: "/webhook-deliveries/{id}/replay",
  scope: "webhooks.manage",
  summary: "Send one delivery again",
  body: noBody.optional(),
  status: 200,
  answer: z.looseObject({ delivery: deliveryWithAttempts }),
  refusals: [404, 409],
});

const apiKey = z
  .looseObject({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string(),
    stage: z.string(),
    scopes: z.array(z.enum(API_KEY_SCOPES)),
    expiresAt: time.nullable(),
    lastUsedAt: time.nullable().meta({ description: "To the minute" }),
    revokedAt: time.nullable(),
    createdAt: time,
  })
  .meta({ id: "ApiKey" });
export const listKeys = operation({
  id: "listApiKeys",
  tag: "API keys",
  method: "get",
  path: "/api-keys",
  scope: "api_keys.manage",
  summary: "List keys of this stage, newest first",
  query: noQuery,
  status: 200,
  answer: z.looseObject({ apiKeys: z.array(apiKey) }),
});
export const rotateKey = operation({
  id: "rotateApiKey",
  tag: "API keys",
  method: "post",
  path: "/api-keys/{id}/rotate",
  scope: "api_keys.manage",
  summary: "Make a key's successor, with its name and scopes; it is shown in this answer alone",
  description: "Both are in force until the former one is revoked. A third key of the name is refused.",
  body: z.strictObject({ expiresAt: z.iso.datetime({ offset: true }).nullable().default(null) }),
  status: 201,
  answer: z.looseObject({
    apiKey,
    key: z.string().nullable().meta({ description: "Shown once; null in a repeated answer." }),
  }),
  secretField: "key",
  refusals: [404, 409],
});
export const revokeKey = operation({
  id: "revokeApiKey",
  tag: "API keys",
  method: "delete",
  path: "/api-keys/{id}",
  scope: "api_keys.manage",
  summary: "Revoke a key at once",
  status: 204,
  refusals: [404],
});
