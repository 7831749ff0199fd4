import { z } from "zod";
import { cleanLine } from "@/lib/core/outside-text";
import { writtenLine } from "@/lib/core/written-text";
import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from "./events";

/** `paused` by the partner; `disabled` by us, because it answered 410 or failed for days. */
export const ENDPOINT_STATES = ["active", "paused", "disabled"] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

export const DISABLED_BECAUSE = ["gone", "failing"] as const;
export type DisabledBecause = (typeof DISABLED_BECAUSE)[number];

/** `held`: the endpoint was paused or disabled; sent when it is replayed. */
export const DELIVERY_STATES = ["pending", "delivered", "failed", "held"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Events, their deliveries and attempts are kept this long. */
export const KEPT_DAYS = 30;

const MAX_URL = 2000;
export const webhookUrl = z.url({ protocol: /^https?$/ }).max(MAX_URL);
export const subscribedTypes = z
  .array(z.enum(WEBHOOK_EVENT_TYPES))
  .max(WEBHOOK_EVENT_TYPES.length)
  .transform((types) => [...new Set(types)]);

const addressInput = writtenLine(MAX_URL).pipe(webhookUrl);
const descriptionInput = z.string().transform(cleanLine).pipe(z.string().max(200));
/** The console's form. `which` is there so that no ticked type is not taken for all of them. */
export const endpointInput = z
  .object({
    url: addressInput,
    description: descriptionInput,
    which: z.enum(["all", "chosen"]),
    eventTypes: subscribedTypes,
  })
  .refine(({ which, eventTypes }) => which === "all" || eventTypes.length > 0, { path: ["eventTypes"] })
  .transform(({ which, eventTypes, ...rest }) => ({
    ...rest,
    eventTypes: which === "all" ? [] : eventTypes,
  }));

const day = z.iso.date().optional().catch(undefined);
const REPLAY_CHOICES = {
  failed: ["failed"],
  held: ["held"],
  both: ["failed", "held"],
  all: ["failed", "held", "delivered"],
} as const satisfies Record<string, readonly Exclude<DeliveryState, "pending">[]>;
export const REPLAYED = ["failed", "held", "both", "all"] as const;

/** A replay as an address or a form names it: days are whole ones, in UTC. */
export const replayInput = z
  .object({ what: z.enum(REPLAYED).catch("both"), from: day, to: day })
  .transform(({ what, from, to }) => ({
    what,
    days: { from, to },
    range: {
      states: REPLAY_CHOICES[what],
      from: from === undefined ? undefined : new Date(`${from}T00:00:00.000Z`),
      to: to === undefined ? undefined : new Date(`${to}T23:59:59.999Z`),
    },
  }));

/** Of the delivery log, as its address names them. */
export const deliveryFilter = z.object({
  state: z.enum(DELIVERY_STATES).optional().catch(undefined),
  before: z.coerce.number().int().positive().optional().catch(undefined),
});

export type WebhookEndpointView = {
  id: string;
  url: string;
  description: string;
  eventTypes: WebhookEventType[];
  state: EndpointState;
  disabledBecause: DisabledBecause | null;
  failingSince: string | null;
  /** When the secret before the newest one stops signing. null: one secret signs. */
  previousSecretUntil: string | null;
  createdAt: string;
};

export type WebhookEventView = {
  id: string;
  type: WebhookEventType;
  timestamp: string;
  subjectId: string;
  sequence: number;
  data: Record<string, unknown>;
};

export type WebhookDeliveryView = {
  id: string;
  endpointId: string;
  event: WebhookEventView;
  state: DeliveryState;
  failures: number;
  nextAttemptAt: string | null;
  deliveredAt: string | null;
};

export type WebhookAttemptView = {
  startedAt: string;
  endedAt: string | null;
  request: { url: string; timestamp: number; body: string };
  status: number | null;
  error: string | null;
  answer: string | null;
};
