import { z } from "zod";
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from "zod-openapi";
import { REFUSALS } from "@/lib/connection/gateway/refusals";
import { describeDeliveries } from "./delivery-document";

/** A process of its own answers them: its address is the operator's to say. */
const servers = [
  {
    url: "{gateway}",
    description: "The gateway",
    variables: {
      gateway: { default: "/", description: "The gateway's address; behind the portal's own host: /" },
    },
  },
];

const codesOf = (status: number): string =>
  Object.entries(REFUSALS)
    .filter(([, refusal]) => refusal.status === status)
    .map(([code]) => code)
    .join(", ");

const MEANINGS: Record<string, string> = {
  "400": "A path, query or header that is not taken, or a request of a browser's",
  "401": `Nothing was looked at: ${codesOf(401)}`,
  "403": `The key lacks the scope: ${codesOf(403)}`,
  "404": `Not open to this key: ${codesOf(404)}`,
  "409": `The state of your own connection: ${codesOf(409)}`,
  "413": "The body is larger than 32 MB",
  "429": "A limit is used up, and the answer names which; see Retry-After",
  "502": "The vendor could not be reached, or answered with a redirect",
  "503": "Nothing was carried out; try again after Retry-After",
  "504": "No answer came. `sent` is unknown: a write may have been carried out",
};

const METHODS = ["get", "post", "put", "patch", "delete"] as const;
const SUMMARY = "Call the vendor system of a connection";

/** The vendor's own API behind each connection, as one path: what may be called is in the guide and in the accepted version. */
export function describeGateway(problem: z.ZodType): ZodOpenApiPathsObject {
  const describeMethod = (method: (typeof METHODS)[number]): ZodOpenApiOperationObject => ({
    operationId: `${method}ThroughGateway`,
    tags: ["Gateway"],
    summary: SUMMARY,
    description:
      "The path, query and body are the vendor's, and so is the answer. A write goes out once; a read is repeated at most twice.",
    servers,
    security: [{ apiKey: ["gateway"] }],
    requestParams: {
      path: z.object({
        id: z.uuid().meta({ description: "The connection" }),
        path: z.string().meta({ description: "The vendor's path, one or more segments" }),
      }),
    },
    ...(method === "get" || method === "delete"
      ? {}
      : {
          requestBody: { content: { "*/*": { schema: z.unknown().meta({ description: "The vendor's" }) } } },
        }),
    responses: {
      default: {
        description: "The vendor's answer, with Kytkin-Answer: vendor",
        content: { "*/*": { schema: z.unknown() } },
      },
      ...Object.fromEntries(
        Object.entries(MEANINGS).map(([status, description]) => [
          status,
          { description, content: { "application/problem+json": { schema: problem } } },
        ]),
      ),
    },
  });
  return {
    ...describeDeliveries(problem, servers),
    "/gateway/v1/connections/{id}/{path}": Object.fromEntries(
      METHODS.map((method) => [method, describeMethod(method)]),
    ),
  };
}
