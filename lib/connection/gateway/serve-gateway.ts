import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZodError } from "zod";
import { isDatabaseAway } from "@/db/errors";
import { isAppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import { isApiProblem } from "@/lib/platform/api/api-problem";
import { unwrapConnectionData } from "@/lib/platform/seal/connection-data";
import { withTrace } from "@/lib/platform/trace";
import { type Asked, authorizeCall, readApiKey } from "./authorize-call";
import { CallLog } from "./call-log";
import type { GatewayContext } from "./context";
import { Flights } from "./flights";
import { type Forwarding, forwardCall } from "./forward-call";
import { refuseBrowsers } from "./headers";
import { GatewayProblem } from "./problem";
import { type GatewayTarget, readTarget } from "./read-path";
import { findRoute, type GatewayRoute, type RouteAnswer } from "./route";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const HEADERS_WITHIN_MS = 15_000;
const STOP_GRACE_MS = 10_000;

export type GatewaySettings = {
  /** 0 takes a free one. */
  port: number;
  host: string | undefined;
  /** Where the problems are explained. */
  publicUrl: string;
  routes: readonly GatewayRoute[];
  /** Answers what is no call: health and metrics. null: not known either. */
  answerOther(path: string, request: IncomingMessage, gateway: GatewayFigures): Promise<RouteAnswer | null>;
};
export type GatewayFigures = {
  inFlight: number;
  droppedLines: number;
  /** Answers so far, by status and by who answered. */
  answers: ReadonlyMap<string, number>;
};
export type GatewayServer = { port: number; stop(): Promise<void> };

/** Serves the software of partners, until it is stopped: what is on its way then is answered first. */
export async function serveGateway(
  context: GatewayContext,
  settings: GatewaySettings,
): Promise<GatewayServer> {
  const calls = new CallLog(context);
  const flights = new Flights(context);
  const forwarding: Forwarding = { ...context, calls, flights };
  const answers = new Map<string, number>();
  const server = createServer(
    { requestTimeout: 0, headersTimeout: HEADERS_WITHIN_MS },
    (request, response) => {
      const traceId = randomUUID();
      response.setHeader("x-request-id", traceId);
      response.once("finish", () => {
        const by = response.getHeader("kytkin-answer") === "vendor" ? "vendor" : "gateway";
        const key = `${by} ${response.statusCode}`;
        answers.set(key, (answers.get(key) ?? 0) + 1);
      });
      const figures = { inFlight: flights.count, droppedLines: calls.dropped, answers };
      void withTrace(traceId, () =>
        answerRequest(forwarding, settings, { request, response, traceId, figures }).catch((error: unknown) =>
          answerFailure(context, settings, { request, response, traceId }, error),
        ),
      );
    },
  );
  const port = await listen(server, settings);
  return {
    port,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS).unref();
      await closed;
      await calls.flush();
    },
  };
}

function listen(server: Server, { port, host }: Pick<GatewaySettings, "port" | "host">): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

type Exchange = { request: IncomingMessage; response: ServerResponse; traceId: string };

async function answerRequest(
  context: Forwarding,
  settings: GatewaySettings,
  { figures, ...exchange }: Exchange & { figures: GatewayFigures },
): Promise<void> {
  const { request, response } = exchange;
  const line = request.url ?? "";
  const target = readTarget(line);
  if (target === null) {
    const other = await settings.answerOther(line.split("?")[0] ?? "", request, figures);
    if (!other) throw new GatewayProblem("not_found", "There is nothing at this address.", { sent: "no" });
    return send(response, other);
  }
  refuseBrowsers(request.headers);
  const method = request.method ?? "";
  if (!METHODS.includes(method))
    throw new GatewayProblem(
      "method_not_allowed",
      `The method ${method} is not taken.`,
      { sent: "no" },
      { allow: METHODS.join(", ") },
    );
  const apiKey = readApiKey(request.headers.authorization);
  const own = findRoute(settings.routes, method, target.segments);
  if (own === null) return forwardCall(context, { ...exchange, target, apiKey });
  if ("methods" in own)
    throw new GatewayProblem(
      "method_not_allowed",
      `The method ${method} is not taken here.`,
      { sent: "no" },
      { allow: own.methods.join(", ") },
    );
  return answerRoute(context, exchange, { target, apiKey, ...own });
}

async function answerRoute(
  context: GatewayContext,
  { request, response, traceId }: Exchange,
  call: { target: GatewayTarget; apiKey: string; route: GatewayRoute; params: Record<string, string> },
): Promise<void> {
  const { route, params, target, apiKey } = call;
  const { connectionId } = target;
  const asked: Asked = { apiKey, connectionId, scope: route.scope, access: route.access, needs: null };
  const again = () => authorizeCall(context, asked);
  const allowed = await again();
  const data =
    allowed.dataKey && unwrapConnectionData(context.keys, { ownerId: connectionId, ...allowed.dataKey });
  const query = new URLSearchParams(target.query);
  await send(
    response,
    await route.handle({
      ...{ context, connectionId, allowed, data, params, query, request, traceId, again },
      keyHash: sha256(apiKey),
    }),
  );
}

async function send(response: ServerResponse, { status, headers, body }: RouteAnswer): Promise<void> {
  const common = { "cache-control": "no-store", "x-content-type-options": "nosniff", ...headers };
  if (body === null) return void response.writeHead(status, common).end();
  if (typeof body === "string") return void response.writeHead(status, common).end(body);
  if (Symbol.asyncIterator in body) {
    response.writeHead(status, common);
    return pipeline(Readable.from(body), response);
  }
  response.writeHead(status, { "content-type": "application/json", ...common }).end(JSON.stringify(body));
}

/** Every failure in words, as far as the answer has not begun; what is no expected one is logged with the id that it names. */
function answerFailure(
  { log }: GatewayContext,
  settings: GatewaySettings,
  { request, response, traceId }: Exchange,
  error: unknown,
): void {
  if (response.headersSent) {
    log.warn({ err: error }, "an answer was cut");
    return void response.destroy();
  }
  const problem = describeProblem(error, traceId);
  if (problem.status >= 500)
    log.error({ err: error, code: problem.code }, "a call through the gateway failed");
  // A body that nobody reads any more would keep the connection.
  const headers: Record<string, string> = request.complete
    ? problem.headers
    : { ...problem.headers, connection: "close" };
  response.writeHead(problem.status, {
    ...headers,
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "kytkin-answer": "gateway",
  });
  response.end(
    JSON.stringify({
      type: `${settings.publicUrl}/docs/api#problem-${problem.code}`,
      title: problem.code.replaceAll("_", " "),
      status: problem.status,
      code: problem.code,
      detail: problem.detail,
      ...problem.members,
    }),
  );
}

function describeProblem(
  error: unknown,
  traceId: string,
): Pick<GatewayProblem, "status" | "detail" | "members" | "headers"> & { code: string } {
  if (error instanceof GatewayProblem) return error;
  const nothing = { members: { sent: "no" as const }, headers: {} };
  if (isDatabaseAway(error))
    return {
      status: 503,
      code: "unavailable",
      detail: "The database is away, so that nothing is called. Try again in a few seconds.",
      members: { sent: "no" },
      headers: { "retry-after": "5" },
    };
  if (isApiProblem(error)) {
    const { status, code, detail, headers, members } = error;
    return { status, code, detail, headers, members: { ...members, sent: "no" } };
  }
  if (isAppError(error))
    return { status: error.status, code: error.code, detail: error.detail ?? "", ...nothing };
  if (error instanceof ZodError)
    return {
      status: 400,
      code: "invalid_input",
      detail: "The request does not have the shape that this call takes.",
      members: {
        errors: error.issues.map(({ path, message }) => ({
          pointer: path.map((one) => `/${String(one)}`).join(""),
          detail: message,
        })),
      },
      headers: {},
    };
  return {
    status: 500,
    code: "internal",
    detail: `Name this id when you ask for help: ${traceId}`,
    members: {},
    headers: {},
  };
}
