import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from "@/lib/partner/webhook/events";
import { describeGateway } from "./gateway-document";
import { OPERATIONS, TAGS } from "./operations";
import type { Operation } from "./operations/operation";
import { customerRefOf, idempotencyKey, time } from "./operations/operation";

const VERSION = "1.3.0";

const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: "What programs decide by, beside the status." }),
    detail: z.string().optional().meta({ description: "For your log; its words may change." }),
    errors: z.array(z.looseObject({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details" });
const formerProblem = problem
  .extend({ error: z.looseObject({ code: z.string(), detail: z.string().optional() }) })
  .meta({ id: "FormerProblem", description: "Problem details, with the member of before them." });

const REFUSALS: Record<number, string> = {
  400: "Not JSON, not this shape, or a field that is not known",
  401: "No key, or an unknown, revoked or ended one; nothing else was looked at",
  403: "The key lacks the scope",
  404: "There is no such thing, or it is another partner's, or of the other stage",
  409: "Something else stands against it; with an Idempotency-Key also: the first call is still running",
  410: "Too late",
  413: "The body is larger than 64 kB",
  422: "The Idempotency-Key was used with another body",
  429: "The quota is used up; see RateLimit and Retry-After",
  500: "A mistake of ours; `detail` names an id for whoever runs the portal",
};

function refusalsOf({ method, refusals = [], isFormer = false }: Operation) {
  const writing = method === "get" ? [] : [409, 413, 422];
  const statuses = [...new Set([400, 401, 403, 429, 500, ...refusals, ...writing])].sort();
  const content = { "application/problem+json": { schema: isFormer ? formerProblem : problem } };
  return Object.fromEntries(
    statuses.map((status) => [String(status), { description: REFUSALS[status] ?? "", content }]),
  );
}

function describeOperation(one: Operation): ZodOpenApiOperationObject {
  const hasId = one.path.includes("{id}");
  const content = one.contentTypes
    ? Object.fromEntries(one.contentTypes.map((type) => [type, { schema: { type: "string" as const } }]))
    : one.answer
      ? { "application/json": { schema: one.answer } }
      : undefined;
  return {
    operationId: one.id,
    tags: [one.tag],
    summary: one.summary,
    ...(one.description ? { description: one.description } : {}),
    security: [{ apiKey: [one.scope] }],
    requestParams: {
      ...(hasId ? { path: z.object({ id: z.uuid() }) } : {}),
      ...(one.query instanceof z.ZodObject ? { query: one.query } : {}),
      ...(one.method === "get" ? {} : { header: z.object({ "Idempotency-Key": idempotencyKey }) }),
    },
    ...(one.body
      ? {
          requestBody: {
            required: !(one.body instanceof z.ZodOptional),
            content: {
              "application/json": {
                schema: one.body instanceof z.ZodOptional ? (one.body.unwrap() as z.ZodType) : one.body,
              },
            },
          },
        }
      : {}),
    responses: {
      [String(one.status)]: { description: one.summary, ...(content ? { content } : {}) },
      ...refusalsOf(one),
    },
  };
}

const ofRequest = { integration: z.string(), activationRequestId: z.uuid(), customerRef: customerRefOf };
const ofEnvironment = { ...ofRequest, environmentId: z.uuid(), externalId: z.string() };
const numbered = { subjectId: z.uuid(), sequence: z.int() };
const DATA: Record<string, z.ZodType> = {
  request: z.looseObject({ ...ofRequest, ...numbered, state: z.string() }),
  activation: z.looseObject({
    ...ofEnvironment,
    ...numbered,
    activationId: z.uuid(),
    state: z.string(),
    failureReason: z.string().nullable(),
  }),
  connection: z.looseObject({
    ...ofEnvironment,
    ...numbered,
    connectionId: z.uuid(),
    state: z.string(),
    attention: z.string().nullable(),
    /** Of `connection.updated` alone. */
    specificationVersion: z.int().optional(),
  }),
  endpoint: z.looseObject({ ...numbered, endpointId: z.uuid() }),
};
const MEANINGS: Record<WebhookEventType, string> = {
  "request.submitted": "A customer submitted a request.",
  "request.decided": "A request was decided, by you or by the customer's answers to your form.",
  "request.settled": "A request has ended; `state` tells whether it was settled or cancelled.",
  "activation.active": "An environment is active.",
  "activation.failed": "An environment failed; `failureReason` tells why. It may become active later.",
  "connection.preparing":
    "The vendor system is being made ready for a connection; rows that you deliver wait until `connection.active`.",
  "connection.active": "A connection works, or works again.",
  "connection.needs_attention": "A connection needs somebody; `attention` tells why.",
  "connection.updated":
    "A connection went to another version of the integration, `specificationVersion`: its customer accepted it, or did not have to.",
  "connection.ended": "A connection was ended: stop, and delete what you no longer may keep.",
  "endpoint.test": "You asked for a test.",
};

/** The body of an event of this type, as it is sent. */
export function webhookBodyOf(type: WebhookEventType): z.ZodType {
  const data = DATA[type.split(".")[0] ?? ""] ?? z.looseObject({});
  return z.looseObject({ type: z.literal(type), timestamp: time, data });
}

function describeWebhook(type: WebhookEventType): { post: ZodOpenApiOperationObject } {
  return {
    post: {
      operationId: type,
      tags: ["Webhooks"],
      summary: MEANINGS[type],
      requestParams: {
        header: z.object({
          "webhook-id": z.string().meta({ description: "The event's id, the same at every attempt" }),
          "webhook-timestamp": z.string().meta({ description: "Seconds since 1970, of the attempt" }),
          "webhook-signature": z.string().meta({ description: "One or two signatures, `v1,` and base64" }),
        }),
      },
      requestBody: { required: true, content: { "application/json": { schema: webhookBodyOf(type) } } },
      responses: {
        "2XX": { description: "Received. Everything else is tried again; 410 disables the endpoint." },
      },
    },
  };
}

/** The OpenAPI 3.1 document, from the schemas that validate. */
export function makeOpenApiDocument() {
  const paths: Record<string, ZodOpenApiPathsObject[string]> = {};
  for (const one of OPERATIONS)
    paths[`/api/v1${one.path}`] = { ...paths[`/api/v1${one.path}`], [one.method]: describeOperation(one) };
  Object.assign(paths, describeGateway(problem));
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Kytkin partner API",
      version: VERSION,
      description:
        "For a partner's own software. Requests are closed: a field that is not known is refused. Answers are open: ignore what you do not know.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: TAGS.map((name) => ({ name })),
    paths,
    webhooks: Object.fromEntries(WEBHOOK_EVENT_TYPES.map((type) => [type, describeWebhook(type)])),
    components: { securitySchemes: { apiKey: { type: "http", scheme: "bearer" } } },
  });
}
