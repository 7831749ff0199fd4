/** What a partner's software is told of. `endpoint.test` goes to one endpoint, when its owner asks for it. */
export const WEBHOOK_EVENT_TYPES = [
  "request.submitted",
  "request.decided",
  "request.settled",
  "activation.active",
  "activation.failed",
  "connection.preparing",
  "connection.active",
  "connection.needs_attention",
  "connection.updated",
  "connection.ended",
  "endpoint.test",
] as const;
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number];

/** What an endpoint may be told of; `endpoint.test` comes when it is asked for. */
export const CHOSEN_EVENT_TYPES = WEBHOOK_EVENT_TYPES.filter((type) => type !== "endpoint.test");
