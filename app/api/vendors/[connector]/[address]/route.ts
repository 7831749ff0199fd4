import { isInboundAddress, receiveCall } from "@/lib/connection/inbound/receive-call";
import { MAX_CALL_BYTES } from "@/lib/connection/inbound/schema";
import { findConnector } from "@/lib/connectors/registry";
import { isAppError } from "@/lib/core/app-error";
import { readBounded } from "@/lib/core/read-bounded";
import { log } from "@/lib/platform/log";
import { inScope } from "@/lib/platform/web-database";

type Context = { params: Promise<{ connector: string; address: string }> };

const answer = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(null, { status, headers: { "Cache-Control": "no-store", ...headers } });

/**
 * A call that a vendor makes to us: 200 once it is kept, 404 at an address that no vendor was given, 413 for more than a notice
 * has, 429 with `Retry-After` while too much waits. Nothing in it is believed here; the worker has the connector verify it.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { connector, address } = await params;
  const found = findConnector(connector);
  if (found?.readInbound === undefined) return answer(404);
  try {
    // The address comes before the body: nothing of a stranger's is read.
    if (!(await inScope({ kind: "public" }, (tx) => isInboundAddress(tx, connector, address))))
      return refuse(connector, 404, "unknown");
    const body = await readBounded(request, MAX_CALL_BYTES);
    if (body === null) return refuse(connector, 413, "too_large");
    const headers = pickHeaders(request.headers, found.manifest.inboundHeaders);
    const reception = await inScope({ kind: "public" }, (tx) =>
      receiveCall(tx, { connector, address }, { headers, body }),
    );
    if (reception === "kept") return answer(200);
    return reception === "full" ? refuse(connector, 429, "full") : refuse(connector, 404, "unknown");
  } catch (error) {
    if (isAppError(error) && error.code === "too_many_requests") return refuse(connector, 429, "too_many");
    throw error;
  }
}

/** Neither the address nor a word of the call is logged. */
function refuse(connector: string, status: number, because: string): Response {
  log.warn({ connector, status, because }, "an inbound call was refused");
  return answer(status, status === 429 ? { "Retry-After": "60" } : {});
}

function pickHeaders(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
