import { randomUUID } from "node:crypto";
import { z } from "zod";
import { DATABASE_AWAY, isDatabaseAway } from "@/db/errors";
import type { ScopedTransaction } from "@/db/scope";
import { AppError, isAppError } from "@/lib/core/app-error";
import { authenticateApiKey } from "@/lib/partner/api/authenticate-api-key";
import type { Operation } from "@/lib/partner/api/operations/operation";
import type { AuthenticatedCaller } from "@/lib/partner/api/schema";
import { takeQuota } from "@/lib/partner/api/take-quota";
import { ApiProblem, isApiProblem } from "@/lib/platform/api/api-problem";
import { type Outcome, readIdempotencyKey, runOnce } from "@/lib/platform/api/run-once";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { getWebEnv } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { isDatabaseReachable } from "@/lib/platform/outage/web-reachability";
import type { OutgoingRules } from "@/lib/platform/outgoing/resolve-target";
import { findTraceId } from "@/lib/platform/trace";
import { inScope } from "@/lib/platform/web-database";
import { databaseAway } from "../database-away";

const MAX_BODY_BYTES = 64 * 1024;
type Headers = Record<string, string>;
const NO_STORE: Headers = { "Cache-Control": "no-store" };

type Context = { params: Promise<Record<string, string>> };
type Input<Query, Body> = {
  tx: ScopedTransaction<"partner">;
  caller: AuthenticatedCaller;
  /** Of the path; empty where it has none. */
  id: string;
  query: Query;
  /** Parses the body: after what is to be found first. */
  body(): Body;
  publicUrl: string;
  outgoing: OutgoingRules;
};

/** By its name: the web app's bundles hold several copies of the class. */
const isInvalidInput = (error: unknown): error is z.ZodError =>
  error instanceof Error && error.name === "ZodError" && "issues" in error;

/**
 * Makes the route handler of a call: authenticates the key before anything is looked at, asks for the call's scope, counts
 * it against the quota, runs `work` in one transaction in the partner's scope (once for an `Idempotency-Key`), and turns
 * expected failures into problem details (RFC 9457).
 */
export function handle<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  operation: Operation<Query, Body, Answer>,
  work: (input: Input<z.output<Query>, z.output<Body>>) => Promise<z.input<Answer> | Response>,
): (request: Request, context?: Context) => Promise<Response> {
  return async (request, context) => {
    // A database that is there and silent would let the caller wait for ever.
    if (!(await isDatabaseReachable())) return answerDatabaseAway();
    let caller: AuthenticatedCaller | undefined;
    const headers: Headers = { ...NO_STORE };
    try {
      caller = await authenticateApiKey(request.headers.get("authorization"));
      const known = caller;
      const scope = { kind: "partner", partnerId: known.partnerId, keyId: known.keyId } as const;
      Object.assign(headers, await inScope(scope, (tx) => takeQuota(tx, known)));
      if (!known.scopes.includes(operation.scope))
        throw new AppError("forbidden", `the key lacks the scope ${operation.scope}`);
      const id = await readId(context);
      const query = readQuery(operation, request);
      // Read before the transaction: a slow sender must not hold one of the pool's connections.
      const text = request.method === "GET" ? "" : await readText(request);
      const input = {
        caller: known,
        id,
        query,
        body: () => parseBody(operation, text),
        publicUrl: getWebEnv().KYTKIN_PUBLIC_URL,
        outgoing: { allowLoopback: getWebEnv().KYTKIN_OUTGOING_LOOPBACK },
      };
      const key =
        request.method === "GET" ? null : readIdempotencyKey(request.headers.get("idempotency-key"));
      return await inScope(scope, async (tx) => {
        const run = async (): Promise<Outcome> => ({
          status: operation.status,
          answer: await work({ tx, ...input }),
        });
        if (key === null) return toResponse(await run(), headers);
        const { pathname: path } = new URL(request.url);
        const once = { key, method: request.method, path, body: text };
        const outcome = await runOnce(tx, known, once, operation.secretField, run);
        return toResponse(
          outcome,
          outcome.isReplayed ? { ...headers, "Idempotent-Replayed": "true" } : headers,
        );
      });
    } catch (error) {
      if (caller && isExpected(error)) await auditRefusal(request, operation, caller, error);
      return answerFailure(error, headers, operation.isFormer === true);
    }
  };
}

function toResponse({ status, answer }: Outcome, headers: Headers): Response {
  if (answer instanceof Response) {
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
    return answer;
  }
  return status === 204
    ? new Response(null, { status, headers })
    : Response.json(answer, { status, headers });
}

/** The id in a path; what is no id is as unknown as one that nobody has. */
async function readId(context: Context | undefined): Promise<string> {
  const given = (await context?.params)?.id;
  if (given === undefined) return "";
  const id = z.uuid().safeParse(given);
  if (!id.success) throw new AppError("not_found", "there is no such id");
  return id.data;
}

function readQuery<Query extends z.ZodType>({ query }: Operation<Query>, request: Request): z.output<Query> {
  const given = Object.fromEntries(new URL(request.url).searchParams);
  // A call without a schema of its query ignores what it is asked beside the path.
  return (query ?? z.unknown()).parse(query ? given : undefined) as z.output<Query>;
}

async function readText(request: Request): Promise<string> {
  const reader = request.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (length > MAX_BODY_BYTES)
      throw new ApiProblem("payload_too_large", `a body may have ${MAX_BODY_BYTES} bytes`);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** What is no JSON is read as undefined, which only a call takes that needs no body. */
function parseBody<Body extends z.ZodType>(
  { body }: Operation<z.ZodType, Body>,
  text: string,
): z.output<Body> {
  let given: unknown;
  try {
    given = text === "" ? undefined : JSON.parse(text);
  } catch {
    throw new AppError("invalid_input", "the body is not JSON");
  }
  return (body ?? z.undefined()).parse(given) as z.output<Body>;
}

const answerDatabaseAway = (): Response =>
  databaseAway({
    type: typeOf(DATABASE_AWAY),
    title: titleOf(DATABASE_AWAY),
    status: 503,
    code: DATABASE_AWAY,
    detail: "try again in a few seconds",
    error: { code: DATABASE_AWAY, detail: "try again in a few seconds" },
  });

type Expected = AppError | ApiProblem | z.ZodError;
const isExpected = (error: unknown): error is Expected =>
  isAppError(error) || isApiProblem(error) || isInvalidInput(error);
const codeOf = (error: Expected): string => (isInvalidInput(error) ? "invalid_input" : error.code);

function answerFailure(error: unknown, headers: Headers, isFormer: boolean): Response {
  if (isDatabaseAway(error)) {
    log.error({ err: error }, "the database is away");
    return answerDatabaseAway();
  }
  if (isApiProblem(error)) return problem(error, { ...headers, ...error.headers }, isFormer);
  if (isInvalidInput(error)) {
    const errors = error.issues.map(({ path, message }) => ({
      pointer: path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
      detail: message,
    }));
    const detail = z.prettifyError(error);
    return problem({ status: 400, code: "invalid_input", detail, members: { errors } }, headers, isFormer);
  }
  if (isAppError(error))
    return problem({ status: error.status, code: error.code, detail: error.detail }, headers, isFormer);
  const errorId = findTraceId() ?? randomUUID();
  log.error({ err: error, errorId }, "partner API call failed");
  const detail = `Name this id when you ask for help: ${errorId}`;
  return problem({ status: 500, code: "unexpected", detail }, headers, isFormer);
}

const typeOf = (code: string): string => `${getWebEnv().KYTKIN_PUBLIC_URL}/docs/api#problem-${code}`;
const titleOf = (code: string): string => code.replaceAll("_", " ");

type Problem = {
  status: number;
  code: string;
  detail?: string | undefined;
  members?: Record<string, unknown>;
};

/** `error` is what the first six calls answered before there were problem details; programs read it. */
function problem({ status, code, detail, members }: Problem, headers: Headers, isFormer: boolean): Response {
  const body = {
    type: typeOf(code),
    title: titleOf(code),
    status,
    code,
    detail,
    ...members,
    ...(isFormer ? { error: { code, detail } } : {}),
  };
  const type = { "Content-Type": "application/problem+json" };
  return new Response(JSON.stringify(body), { status, headers: { ...headers, ...type } });
}

async function auditRefusal(
  request: Request,
  { method }: Operation,
  caller: AuthenticatedCaller,
  error: Expected,
): Promise<void> {
  await inScope({ kind: "partner", partnerId: caller.partnerId, keyId: caller.keyId }, (tx) =>
    writeAudit(tx, {
      actor: { kind: "api_key", keyId: caller.keyId },
      partnerId: caller.partnerId,
      action: `api.${method}`,
      subject: { kind: "path", id: new URL(request.url).pathname },
      outcome: "refused",
      detail: { code: codeOf(error) },
    }),
  );
}
