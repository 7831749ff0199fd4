import { z } from "zod";
import type { ApiKeyScope } from "@/lib/partner/organization/roles";

/** One call of the API: what validates it is what describes it. Requests are closed, answers open. */
export type Operation<
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = {
  id: string;
  tag: string;
  method: "get" | "post" | "put" | "patch" | "delete";
  /** Below `/api/v1`; `{id}` is a UUID. */
  path: string;
  scope: ApiKeyScope;
  summary: string;
  description?: string;
  /** Left out by calls that ignore what they are asked beside the path. */
  query?: Query;
  body?: Body;
  /** 204 has no answer. */
  status: 200 | 201 | 204;
  answer?: Answer;
  /** Other content than JSON. */
  contentTypes?: readonly string[];
  /** A field of the answer that is shown once: a repeated call with the same `Idempotency-Key` answers null in its place. */
  secretField?: string;
  /** Refusals besides those that every call has. */
  refusals?: readonly (404 | 409 | 410)[];
  /** The six calls from before problem details: their errors also have the member `error`. */
  isFormer?: boolean;
};

export function operation<
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodUndefined,
>(described: Operation<Query, Body, Answer>): Operation<Query, Body, Answer> {
  return described;
}

export const idempotencyKey = z.string().min(1).max(257).optional().meta({
  description:
    "1 to 255 printable ASCII characters, quoted or bare. Repeats within 7 days get the first answer.",
});

export const noQuery = z.strictObject({});
export const noBody = z.strictObject({});
export const time = z.iso.datetime().meta({ description: "UTC" });
export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: "Give it as `cursor` for the next page; null on the last one." });
export const integrationRef = z
  .looseObject({ slug: z.string(), name: z.string() })
  .meta({ id: "IntegrationRef" });
export const customerRefOf = z
  .string()
  .nullable()
  .meta({ description: "Your own name for the customer, as the link session had it." });
