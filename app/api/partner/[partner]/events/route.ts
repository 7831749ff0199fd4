import { isDatabaseAway } from "@/db/errors";
import { onRequestChange } from "@/lib/activation/request/request-changes";
import { findMember } from "@/lib/partner/organization/queries";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { webAuth } from "@/lib/people/auth/context";
import { readSession } from "@/lib/people/auth/read-session";
import { findSessionToken } from "@/lib/people/auth/viewer";
import { log } from "@/lib/platform/log";
import { inScope } from "@/lib/platform/web-database";
import { databaseAway } from "../../../database-away";
import { takePlace, tooManyStreams } from "../../../stream-place";

type Context = { params: Promise<{ partner: string }> };
type MemberReader = () => Promise<PartnerMember | null>;

/** Changes come in bursts, one for each company; a burst is one event. */
const GATHER_MS = 200;
/** Keeps proxies from closing a silent stream, and ends it within this time with a session or a membership. */
const HEARTBEAT_MS = 4000;
const encoder = new TextEncoder();

/** Who this browser's session is now, as a member: each call looks both up anew. null: signed out, or no member. */
async function createMemberReader(slug: string): Promise<MemberReader> {
  const token = await findSessionToken();
  return async () => {
    const viewer = token ? await readSession(webAuth().database, token) : null;
    return viewer && inScope({ kind: "auth" }, (tx) => findMember(tx, viewer, slug));
  };
}

function streamChanges(
  { partnerId }: PartnerMember,
  read: MemberReader,
  signal: AbortSignal,
  freePlace: () => void,
): ReadableStream<Uint8Array> {
  let stop = (): void => {};
  return new ReadableStream({
    start(controller) {
      let gathering: NodeJS.Timeout | undefined;
      let isClosed = false;
      let hasChanged = false;
      stop = () => {
        if (isClosed) return;
        isClosed = true;
        freePlace();
        clearTimeout(gathering);
        clearInterval(heartbeat);
        unsubscribe();
        controller.close();
      };
      const send = (text: string): void => {
        if (!isClosed) controller.enqueue(encoder.encode(text));
      };
      /** Nothing of a row is in the stream: the page reads what its member may see. */
      const tell = async (): Promise<void> => {
        const isChange = hasChanged;
        hasChanged = false;
        if (await read()) return send(isChange ? "event: change\ndata: {}\n\n" : ": still here\n\n");
        send("event: end\ndata: {}\n\n");
        stop();
      };
      const tellSafely = (): void => {
        tell().catch((error: unknown) => {
          log.error({ err: error, partnerId }, "event stream failed");
          stop();
        });
      };
      const unsubscribe = onRequestChange(partnerId, () => {
        hasChanged = true;
        gathering ??= setTimeout(() => {
          gathering = undefined;
          tellSafely();
        }, GATHER_MS);
      });
      const heartbeat = setInterval(tellSafely, HEARTBEAT_MS);
      signal.addEventListener("abort", stop);
      if (signal.aborted) return stop();
      send(": hello\n\n");
    },
    cancel: () => stop(),
  });
}

/** Says that something of the partner changed, as server-sent events, as long as its member is one. 404 for anybody else, 429 past `STREAM_LIMITS`. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { partner } = await params;
  const read = await createMemberReader(partner);
  try {
    const member = await read();
    if (!member) return new Response(null, { status: 404, headers: { "Cache-Control": "no-store" } });
    const place = await takePlace(member.partnerId);
    if (!place) return tooManyStreams();
    return new Response(streamChanges(member, read, request.signal, place), {
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
