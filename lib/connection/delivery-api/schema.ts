import { z } from "zod";
import { DELIVERY_STATES, DOORS, OUTCOMES, ROW_STATES } from "@/lib/connection/delivery/schema";

/*
 * What partners' software sends to and gets from `/gateway/v1/connections/{id}`: these schemas validate, and describe the calls in
 * the OpenAPI document.
 */

/** Rows of one JSON body, and lines of one stream. */
export const MOST_ROWS = 500;
export const MOST_LINES = 10_000;
const MOST_IN_PAGE = 500;

const limit = z.coerce.number().int().min(1).max(MOST_IN_PAGE).default(100);
const time = z.iso.datetime().meta({ description: "UTC" });

export const recordsBody = z.strictObject({ records: z.array(z.unknown()).min(1) });

export const deliveriesQuery = z.strictObject({
  limit,
  cursor: z.uuid().optional().meta({ description: "`nextCursor` of the page before" }),
});
export const deliveryQuery = z.strictObject({
  limit,
  cursor: z.coerce
    .number()
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .meta({ description: "`nextCursor` of the page before" }),
  outcome: z.enum(OUTCOMES).optional().meta({ description: "Only rows with this outcome" }),
});
export const outcomesQuery = z.strictObject({
  limit,
  cursor: z
    .string()
    .max(100)
    .optional()
    .meta({ description: "`nextCursor` of the call before; left out, the feed begins at what is kept" }),
});

const rowProblem = z
  .looseObject({
    field: z
      .string()
      .nullable()
      .meta({ description: "Path in the row, e.g. `lines.0.vatPercent`; null: the whole row" }),
    cause: z.string().meta({ description: "A stable code" }),
    detail: z.string().meta({ description: "What it means; its words may change" }),
    fix: z.string().meta({ description: "What mends it" }),
    vendorCode: z.string().nullable(),
    vendorWords: z.string().nullable().meta({ description: "What the vendor said, in its own words" }),
  })
  .meta({ id: "RowProblem" });
export type ApiRowProblem = z.infer<typeof rowProblem>;

const rowOutcome = z.looseObject({
  position: z
    .int()
    .meta({ description: "The row's place in what was sent, from 1; of a stream the number of its line" }),
  key: z.string().nullable().meta({
    description: "Your own key of the row; null when it had none, or once the row is no longer kept",
  }),
  outcome: z.enum(OUTCOMES),
  at: time,
  vendorId: z.string().nullable().meta({ description: "The record at the vendor" }),
  vendorLabel: z.string().nullable().meta({ description: "The name or number by which people see it there" }),
  problems: z
    .array(rowProblem)
    .meta({ description: "Why it was rejected or waits, as long as this is the row's latest outcome" }),
});
export type ApiRowOutcome = z.infer<typeof rowOutcome>;

export const acceptedDelivery = z
  .looseObject({
    deliveryId: z.uuid(),
    rows: z.int(),
    queued: z.int().meta({ description: "On their way: their outcomes follow in the feed" }),
    rejected: z.int(),
    outcomes: z.array(rowOutcome).meta({ description: "Of the rows whose outcome is final already" }),
  })
  .meta({ id: "AcceptedDelivery" });
export type AcceptedDelivery = z.infer<typeof acceptedDelivery>;

const delivery = z
  .looseObject({
    id: z.uuid(),
    entity: z.string(),
    door: z.enum(DOORS).meta({ description: "How it came in; `api` is this one" }),
    state: z.enum(DELIVERY_STATES).meta({
      description: "`settled`: no row is queued or at the vendor any more; rows may still wait for something",
    }),
    rows: z.int().nullable(),
    counts: z
      .partialRecord(z.enum(ROW_STATES), z.int())
      .meta({ description: "Rows by where they stand now" }),
    createdAt: time,
    closedAt: time.nullable(),
    settledAt: time.nullable(),
  })
  .meta({ id: "RecordDelivery" });
export type ApiDelivery = z.infer<typeof delivery>;

const nextCursor = z
  .union([z.string(), z.int()])
  .nullable()
  .meta({ description: "Give it as `cursor` for the next page; null on the last one" });
export const deliveriesAnswer = z.looseObject({ deliveries: z.array(delivery), nextCursor });
export const deliveryAnswer = z.looseObject({
  delivery,
  outcomes: z.array(
    rowOutcome.extend({
      outcome: z.enum(OUTCOMES).nullable().meta({ description: "null while the row is on its way" }),
    }),
  ),
  nextCursor,
});
export type DeliveryAnswer = z.infer<typeof deliveryAnswer>;

const feedOutcome = rowOutcome
  .extend({
    number: z.int().meta({ description: "Counts up by one for each outcome of the connection" }),
    deliveryId: z.uuid(),
    entity: z.string(),
    position: z.int().nullable(),
  })
  .meta({ id: "RecordOutcome" });
export const outcomesAnswer = z.looseObject({
  outcomes: z.array(feedOutcome),
  nextCursor: z.string().nullable().meta({
    description:
      "Keep it once you have dealt with the outcomes, and give it next time. null while the connection never had an outcome",
  }),
  hasMore: z.boolean(),
});
export type OutcomesAnswer = z.infer<typeof outcomesAnswer>;
