import type { Tone } from "@/components/ui/tone";
import type { DeliveryState, EndpointState, WebhookEventType } from "@/lib/partner/webhook/schema";

/** A key of a catalogue holds no full stop. */
export const TYPE_WORDS = {
  "request.submitted": "types.request_submitted",
  "request.decided": "types.request_decided",
  "request.settled": "types.request_settled",
  "activation.active": "types.activation_active",
  "activation.failed": "types.activation_failed",
  "connection.active": "types.connection_active",
  "connection.needs_attention": "types.connection_needs_attention",
  "connection.ended": "types.connection_ended",
  "endpoint.test": "types.endpoint_test",
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
