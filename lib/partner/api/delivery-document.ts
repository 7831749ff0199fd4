import { z } from "zod";
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from "zod-openapi";
import {
  acceptedDelivery,
  deliveriesAnswer,
  deliveriesQuery,
  deliveryAnswer,
  deliveryQuery,
  MOST_LINES,
  MOST_ROWS,
  outcomesAnswer,
  outcomesQuery,
} from "@/lib/connection/delivery-api/schema";
import type { Entity } from "@/lib/connectors/entity";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import { createWords } from "@/lib/platform/i18n/messages";
import { idempotencyKey } from "./operations/operation";

const MEANINGS: Record<string, string> = {
  "400": "`invalid_input`: not JSON, not this shape, or a cursor that is none; `bad_path`, `bad_query`",
  "401": "`key_unknown`: no key, or an unknown, revoked or ended one",
  "403": "`scope_missing`: the key lacks the scope `records`",
  "404":
    "`connection_unknown`, `access_not_accepted`, `right_not_accepted`, `entity_unknown`, `delivery_unknown`",
  "410":
    "`connection_ended`, with `since`: delete what you no longer may keep. `cursor_ended`: outcomes after the cursor are no longer kept",
  "429": "`too_many_in_flight`; see Retry-After",
  "503": "`unavailable`: nothing was carried out; try again after Retry-After",
};
const WRITING: Record<string, string> = {
  "409": "`idempotency_conflict`: the first call with this key is still running",
  "413": "`body_too_large`, or `too_many_rows` with `most`",
  "415": "`unsupported_media_type`",
  "422": "`idempotency_mismatch`: the key was used with another body",
};

const connection = z.uuid().meta({ description: "The connection" });

/** A row as its entity's schema takes it, each field with its name as people read it. */
function describeRow(connectorId: string, { id, schema, keyField }: Entity): z.ZodType {
  const words = createWords("en");
  const at = `entities.${connectorId}.${id}`;
  const fields = Object.entries(schema.shape).map(([name, field]) => {
    const key = `${at}.fields.${name}`;
    const isNamed = field instanceof z.ZodType && words.has(key);
    return [name, isNamed ? field.meta({ description: words(key) }) : field] as const;
  });
  return z.strictObject(Object.fromEntries(fields)).meta({
    id: `Row_${connectorId}_${id}`.replaceAll("-", "_"),
    description: `${words(`${at}.name`)}. The key is \`${keyField}\`. Amounts are text.`,
  });
}

const listRows = (): z.ZodType[] =>
  CONNECTOR_IDS.flatMap((connectorId) =>
    Object.values(getConnector(connectorId).entities ?? {}).map((entity) => describeRow(connectorId, entity)),
  );

/** What partners' software delivers through the gateway's process, and reads back. */
export function describeDeliveries(
  problem: z.ZodType,
  servers: ZodOpenApiOperationObject["servers"],
): ZodOpenApiPathsObject {
  const refusals = (meanings: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(meanings).map(([status, description]) => [
        status,
        { description, content: { "application/problem+json": { schema: problem } } },
      ]),
    );
  const common = { tags: ["Deliveries"], servers, security: [{ apiKey: ["records"] }] };
  const read = (
    operationId: string,
    summary: string,
    { path, query, answer }: { path?: z.ZodObject; query: z.ZodObject; answer: z.ZodType },
  ): { get: ZodOpenApiOperationObject } => ({
    get: {
      operationId,
      summary,
      ...common,
      requestParams: { path: path ?? z.object({ id: connection }), query },
      responses: {
        "200": { description: summary, content: { "application/json": { schema: answer } } },
        ...refusals(MEANINGS),
      },
    },
  });
  const row = z
    .union(listRows())
    .meta({ id: "Row", description: "By the connection's vendor and the entity" });
  return {
    "/gateway/v1/connections/{id}/records/{entity}": {
      post: {
        operationId: "deliverRecords",
        summary: "Deliver records to the vendor system of a connection",
        description:
          "Rows are checked one by one: a bad row is rejected alone, with every field that is wrong. The others are queued, and their outcomes follow in the feed. Of a key the newest row counts. A body that is cut queues nothing.",
        ...common,
        requestParams: {
          path: z.object({
            id: connection,
            entity: z
              .string()
              .meta({ description: "An entity of the connection's vendor, e.g. `sales-invoices`" }),
          }),
          header: z.object({
            "Idempotency-Key": idempotencyKey,
          }),
        },
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: z.strictObject({
                records: z.array(row).min(1).max(MOST_ROWS),
              }),
            },
            "application/x-ndjson": {
              schema: z
                .string()
                .meta({ description: `One row a line, at most ${MOST_LINES} of them and 32 MB` }),
            },
          },
        },
        responses: {
          "202": {
            description: "Taken in. `outcomes` has the rows whose outcome is final already",
            content: { "application/json": { schema: acceptedDelivery } },
          },
          ...refusals({ ...MEANINGS, ...WRITING }),
        },
      },
    },
    "/gateway/v1/connections/{id}/deliveries": read("listDeliveries", "Deliveries, the newest first", {
      query: deliveriesQuery,
      answer: deliveriesAnswer,
    }),
    "/gateway/v1/connections/{id}/deliveries/{delivery}": read(
      "getDelivery",
      "One delivery, with its rows as they stand now",
      {
        path: z.object({ id: connection, delivery: z.uuid() }),
        query: deliveryQuery,
        answer: deliveryAnswer,
      },
    ),
    "/gateway/v1/connections/{id}/outcomes": read(
      "listOutcomes",
      "Outcomes of a connection's rows, in the order in which they came to be",
      { query: outcomesQuery, answer: outcomesAnswer },
    ),
  };
}
