import { isDatabaseAway } from "@/db/errors";
import { onRequestChange } from "@/lib/activation/request/request-changes";
import type { RequestView } from "@/lib/activation/request/schema";
import { log } from "@/lib/platform/log";
import { databaseAway } from "../../../database-away";
import { takePlace, tooManyStreams } from "../../../stream-place";
import { createRequestReader, type SessionReader } from "../load-request-view";

type Context = { params: Promise<{ id: string }> };

/** Changes come in bursts, one for each environment; a burst is one message. */
const GATHER_MS = 100;
/** Keeps proxies from closing a silent stream, and notices a session that ended. */
const HEARTBEAT_MS = 20_000;

const encoder = new TextEncoder();
const isFinal = (view: RequestView): boolean =>
  view.settledAt !== null && ["sent", "failed", "none"].includes(view.mail);

/** Sends the view when it differs from the last one, and ends the stream with the session or when all is told. */
function createSender(
  read: SessionReader,
  controller: ReadableStreamDefaultController<Uint8Array>,
  { isClosed, close }: { isClosed: () => boolean; close: () => void },
) {
  let last = "";
  return async (): Promise<void> => {
    const view = await read();
    // The browser may have gone while we read.
    if (isClosed()) return;
    if (!view) return close();
    const data = JSON.stringify(view);
    if (data !== last) controller.enqueue(encoder.encode(`event: request\ndata: ${data}\n\n`));
    else controller.enqueue(encoder.encode(": still here\n\n"));
    last = data;
    if (isFinal(view)) close();
  };
}

function streamRequest(
  id: string,
  read: SessionReader,
  signal: AbortSignal,
  freePlace: () => void,
): ReadableStream<Uint8Array> {
  let stop = (): void => {};
  return new ReadableStream({
    start(controller) {
      let gathering: NodeJS.Timeout | undefined;
      let isClosed = false;
      stop = () => {
        if (isClosed) return;
        isClosed = true;
        freePlace();
        clearTimeout(gathering);
        clearInterval(heartbeat);
        unsubscribe();
        controller.close();
      };
      const send = createSender(read, controller, { isClosed: () => isClosed, close: () => stop() });
      // One after the other: an older view must not arrive last.
      let sending = Promise.resolve();
      const sendSoon = (): void => {
        gathering ??= setTimeout(() => {
          gathering = undefined;
          sending = sending
            .then(() => (isClosed ? undefined : send()))
            .catch((error: unknown) => fail(error));
        }, GATHER_MS);
      };
      const fail = (error: unknown): void => {
        log.error({ err: error, requestId: id }, "event stream failed");
        stop();
      };
      const unsubscribe = onRequestChange(id, sendSoon);
      const heartbeat = setInterval(sendSoon, HEARTBEAT_MS);
      signal.addEventListener("abort", stop);
      if (signal.aborted) return stop();
      sendSoon();
    },
    cancel: () => stop(),
  });
}

/**
 * The request's status as server-sent events, until it is settled and told. 404 outside the account; 429 for more streams than
 * `STREAM_LIMITS`, and the browser asks now and then instead.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const read = await createRequestReader(id);
  try {
    const view = await read();
    const place = view && (await takePlace());
    if (!view) return new Response(null, { status: 404, headers: { "Cache-Control": "no-store" } });
    if (!place) return tooManyStreams();
    return new Response(streamRequest(id, read, request.signal, place), {
      headers: {
        "Content-Type": "text/event-stream",
        "Cache-Control": "no-store, no-transform",
        "X-Accel-Buffering": "no",
      },
    });
  } catch (error) {
    if (isDatabaseAway(error)) return databaseAway(null);
    throw error;
  }
}
