import type { IncomingMessage } from "node:http";
import type { AccessKind } from "@/lib/catalogue/integration/schema";
import type { ConnectionData } from "@/lib/platform/seal/connection-data";
import type { AllowedCall, GatewayScope } from "./authorize-call";
import type { GatewayContext } from "./context";

/** A call of our own below a connection, as its handler gets it: allowed, and not yet read. */
export type RouteCall = {
  context: GatewayContext;
  connectionId: string;
  /** Of the API key: with it the gateway enters what is delivered to the connection. */
  keyHash: string;
  /** Whose key and connection it is. */
  allowed: AllowedCall;
  /** Opens and seals what the connection carries; null when nothing was ever sealed for it. */
  data: ConnectionData | null;
  /** What stands for `{name}` in the path. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Headers, and the body as a stream. */
  request: IncomingMessage;
  traceId: string;
  /** The rule once more, for work that takes long; throws what refuses the call meanwhile. */
  again(): Promise<AllowedCall>;
};

export type RouteAnswer = {
  status: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON, text and bytes as they come; null: no body. */
  body: object | string | AsyncIterable<string | Buffer> | null;
};

/**
 * A call of our own beside the vendor's paths: `/gateway/v1/connections/{id}` and `path`. Its first segment is in no connector's
 * table. Refuses by throwing a `GatewayProblem` or an `AppError`.
 */
export type GatewayRoute = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** e.g. `/records/{entity}` */
  path: string;
  scope: GatewayScope;
  access: AccessKind;
  handle(call: RouteCall): Promise<RouteAnswer>;
};

/** The route that method and segments name; `methods` when only the method is another one. */
export function findRoute(
  routes: readonly GatewayRoute[],
  method: string,
  segments: readonly string[],
): { route: GatewayRoute; params: Record<string, string> } | { methods: string[] } | null {
  const paths = routes.flatMap((route) => {
    const params = readParams(route.path, segments);
    return params ? [{ route, params }] : [];
  });
  const found = paths.find(({ route }) => route.method === (method === "HEAD" ? "GET" : method));
  if (found) return found;
  return paths.length > 0 ? { methods: paths.map(({ route }) => route.method) } : null;
}

function readParams(path: string, segments: readonly string[]): Record<string, string> | null {
  const wanted = path.slice(1).split("/");
  if (wanted.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const given = segments[index] ?? "";
    if (part.startsWith("{")) params[part.slice(1, -1)] = given;
    else if (part !== given) return null;
  }
  return params;
}
