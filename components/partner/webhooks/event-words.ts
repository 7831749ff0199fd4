import type { Tone } from "@/components/ui/tone";
import type { WebhookEventType } from "@/lib/partner/webhook/events";
import type { DeliveryState, EndpointState } from "@/lib/partner/webhook/schema";

/** Keys of `partnerWebhooks.types`: one holds no full stop. */
export const TYPE_WORDS = {
  "request.submitted": "request_submitted",
  "request.decided": "request_decided",
  "request.settled": "request_settled",
  "activation.active": "activation_active",
  "activation.failed": "activation_failed",
  "connection.preparing": "connection_preparing",
  "connection.active": "connection_active",
  "connection.needs_attention": "connection_needs_attention",
  "connection.updated": "connection_updated",
  "connection.ended": "connection_ended",
  "endpoint.test": "endpoint_test",
} as const satisfies Record<WebhookEventType, string>;

export const ENDPOINT_TONES = {
  active: "success",
  paused: "warning",
  disabled: "danger",
} as const satisfies Record<EndpointState, Tone>;

export const DELIVERY_TONES = {
  pending: "info",
  delivered: "success",
  failed: "danger",
  held: "warning",
} as const satisfies Record<DeliveryState, Tone>;
