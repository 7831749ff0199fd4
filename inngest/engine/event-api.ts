import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { EngineContext } from "./context";
import { deriveEventId, type EngineEvent } from "./event";
import { takeIn } from "./intake";

const MAX_EVENT_BYTES = 512 * 1024;

const eventSchema = z.object({
  id: z.string().nullish(),
  name: z.string().min(1),
  data: z.record(z.string(), z.unknown()).nullish(),
  ts: z.number().nullish(),
  user: z.unknown().optional(),
  v: z.unknown().optional(),
});
const eventsSchema = z.union([z.array(eventSchema), eventSchema.transform((event) => [event])]);

/** Answers `POST /e/{key}` as Inngest's event API does: the ids of the accepted events, known ones included. */
export async function answerEventRequest(
  ctx: EngineContext,
  request: Request,
  eventKey: string,
): Promise<Response> {
  const key = /^\/e\/([^/]+)$/.exec(new URL(request.url).pathname)?.[1];
  if (key === undefined) return refuse(404, "the embedded engine answers POST /e/{key} only");
  if (request.method !== "POST") return refuse(405, "method not allowed");
  if (!isSameKey(decodeURIComponent(key), eventKey)) return refuse(401, "event key not found");
  const parsed = eventsSchema.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success) return refuse(400, `not an event: ${parsed.error.issues[0]?.message}`);
  const seed = request.headers.get("x-inngest-event-id-seed");
  const events = parsed.data.map(
    (event, index): EngineEvent => ({
      ...withoutNullish({ user: event.user, v: event.v }),
      id: event.id || deriveEventId(seed, index),
      name: event.name,
      data: event.data ?? {},
      ts: event.ts ?? Date.now(),
    }),
  );
  for (const event of events) {
    if (event.name.startsWith("inngest/"))
      return refuse(400, `event name "${event.name}" is reserved for the engine`);
    const bytes = Buffer.byteLength(JSON.stringify(event));
    if (bytes <= MAX_EVENT_BYTES) continue;
    return refuse(400, `event "${event.name}" has ${bytes} bytes; at most ${MAX_EVENT_BYTES} are accepted`);
  }
  await takeIn(ctx, events);
  return Response.json({ ids: events.map((event) => event.id), status: 200 });
}

function refuse(status: number, error: string): Response {
  return Response.json({ ids: [], status, error }, { status });
}

function isSameKey(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((key) => createHash("sha256").update(key).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function withoutNullish(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}
