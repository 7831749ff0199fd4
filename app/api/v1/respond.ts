import { randomUUID } from "node:crypto";
import { z } from "zod";
import { DATABASE_AWAY, isDatabaseAway } from "@/db/errors";
import { isAppError } from "@/lib/core/app-error";
import { authenticateApiKey } from "@/lib/partner/api/authenticate-api-key";
import type { ApiCaller } from "@/lib/partner/api/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { log } from "@/lib/platform/log";
import { isDatabaseReachable } from "@/lib/platform/outage/web-reachability";
import { findTraceId } from "@/lib/platform/trace";
import { inScope } from "@/lib/platform/web-database";
import { databaseAway } from "../database-away";

const NO_STORE = { "Cache-Control": "no-store" };
const problem = (status: number, code: string, detail?: string): Response =>
  Response.json({ error: { code, detail } }, { status, headers: NO_STORE });

/** By its name: the web app's bundles hold several copies of the class. */
const isInvalidInput = (error: unknown): error is z.ZodError =>
  error instanceof Error && error.name === "ZodError" && "issues" in error;

/**
 * Runs a call of the partner API: authenticates the key first, answers 401 before anything is looked at, and turns
 * expected failures into `{"error":{"code","detail"}}` with their status.
 */
export async function respond(
  request: Request,
  work: (caller: ApiCaller) => Promise<unknown>,
): Promise<Response> {
  let caller: ApiCaller | undefined;
  // A database that is there and silent would let the caller wait for ever.
  if (!(await isDatabaseReachable())) return answerDatabaseAway();
  try {
    caller = await authenticateApiKey(request.headers.get("authorization"));
    return Response.json(await work(caller), { headers: NO_STORE });
  } catch (error) {
    if (caller && (isAppError(error) || isInvalidInput(error))) await auditRefusal(request, caller, error);
    if (isDatabaseAway(error)) {
      log.error({ err: error }, "the database is away");
      return answerDatabaseAway();
    }
    if (isInvalidInput(error)) return problem(400, "invalid_input", z.prettifyError(error));
    if (isAppError(error)) return problem(error.status, error.code, error.detail);
    const errorId = findTraceId() ?? randomUUID();
    log.error({ err: error, errorId }, "partner API call failed");
    return problem(500, "unexpected", `Name this id when you ask for help: ${errorId}`);
  }
}

const answerDatabaseAway = (): Response =>
  databaseAway({ error: { code: DATABASE_AWAY, detail: "try again in a few seconds" } });

async function auditRefusal(request: Request, caller: ApiCaller, error: Error): Promise<void> {
  await inScope({ kind: "partner", partnerId: caller.partnerId, keyId: caller.keyId }, (tx) =>
    writeAudit(tx, {
      actor: { kind: "api_key", keyId: caller.keyId },
      partnerId: caller.partnerId,
      action: `api.${request.method.toLowerCase()}`,
      subject: { kind: "path", id: new URL(request.url).pathname },
      outcome: "refused",
      detail: { code: isAppError(error) ? error.code : "invalid_input" },
    }),
  );
}

/** The body as JSON; what is no JSON is read as undefined, which no schema takes. */
export async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}
