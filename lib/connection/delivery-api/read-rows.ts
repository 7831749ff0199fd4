import type { IncomingMessage } from "node:http";
import type { IncomingRow } from "@/lib/connection/delivery/add-rows";
import { GatewayProblem } from "@/lib/connection/gateway/problem";
import { MOST_LINES, MOST_ROWS, recordsBody } from "./schema";

const MB = 1024 * 1024;
const JSON_TYPE = "application/json";
const LINES_TYPE = "application/x-ndjson";
const MOST_BYTES: Record<string, number> = { [JSON_TYPE]: 8 * MB, [LINES_TYPE]: 32 * MB };
/** Of all bodies that are being received at once. */
const MOST_BYTES_HELD = 256 * MB;
const RECEIVED_WITHIN_MS = 120_000;

let heldBytes = 0;

/** What was sent: its rows, and its bytes to compare a repetition with. `free` when they are no longer needed. */
type ReceivedRows = { rows: IncomingRow[]; body: Buffer };

/**
 * Receives the body to its end before anything of it counts: of one that is cut nothing is queued. A line that is no JSON is a row
 * that cannot be read, and its neighbours go on. Throws a `GatewayProblem` for what is no body of rows.
 */
export async function receiveRows<T>(
  request: IncomingMessage,
  work: (received: ReceivedRows) => Promise<T>,
): Promise<T> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const most = MOST_BYTES[type];
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (most === undefined || encoding !== "identity")
    throw new GatewayProblem(
      "unsupported_media_type",
      `Send ${JSON_TYPE} or ${LINES_TYPE}, without a content encoding.`,
      { sent: "no" },
      { accept: `${JSON_TYPE}, ${LINES_TYPE}` },
    );
  const held = { bytes: 0 };
  try {
    const body = await receive(request, most, held);
    return await work({ rows: type === JSON_TYPE ? readRecords(body) : readLines(body), body });
  } finally {
    heldBytes -= held.bytes;
  }
}

/** A sender that takes too long is cut off: nothing was done for it. */
async function receive(request: IncomingMessage, most: number, held: { bytes: number }): Promise<Buffer> {
  const timer = setTimeout(
    () => request.destroy(new Error("the body did not end in time")),
    RECEIVED_WITHIN_MS,
  );
  const parts: Buffer[] = [];
  try {
    assertSize(Number(request.headers["content-length"] ?? 0), most);
    for await (const part of request.iterator({ destroyOnReturn: false })) {
      const bytes: Buffer = part;
      held.bytes += bytes.length;
      heldBytes += bytes.length;
      assertSize(held.bytes, most);
      parts.push(bytes);
    }
    return Buffer.concat(parts);
  } catch (error) {
    // The rest is thrown away, so that the sender reads the answer instead of a broken connection.
    request.resume();
    throw error instanceof GatewayProblem ? error : invalid("The body was cut before its end.");
  } finally {
    clearTimeout(timer);
  }
}

function assertSize(bytes: number, most: number): void {
  if (bytes > most)
    throw new GatewayProblem("body_too_large", `A body of this type may have ${most / MB} MB.`, {
      sent: "no",
    });
  if (heldBytes > MOST_BYTES_HELD)
    throw new GatewayProblem(
      "too_many_in_flight",
      "Too much is being received at once.",
      { sent: "no" },
      { "retry-after": "2" },
    );
}

const readText = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const invalid = (detail: string): GatewayProblem =>
  new GatewayProblem("invalid_input", detail, { sent: "no" });
const tooMany = (most: number): GatewayProblem =>
  new GatewayProblem("too_many_rows", `One request may have ${most} rows of this type.`, {
    sent: "no",
    most,
  });

function readRecords(body: Buffer): IncomingRow[] {
  let given: unknown;
  try {
    given = JSON.parse(readText(body));
  } catch {
    throw invalid("The body is no JSON in UTF-8.");
  }
  const { records } = recordsBody.parse(given);
  if (records.length > MOST_ROWS) throw tooMany(MOST_ROWS);
  if (records.some(isTooDeep)) throw invalid(`A row may be nested ${MOST_LEVELS} levels deep.`);
  return records.map((fields, index) => toRow(index + 1, fields));
}

function readLines(body: Buffer): IncomingRow[] {
  const rows: IncomingRow[] = [];
  let number = 0;
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf(0x0a, start);
    const end = found < 0 ? body.length : found;
    number += 1;
    const row = readLine(body.subarray(start, end), number);
    if (row) rows.push(row);
    if (rows.length > MOST_LINES) throw tooMany(MOST_LINES);
    start = end + 1;
  }
  if (rows.length === 0) throw invalid("The body has no line with a row.");
  return rows;
}

/** More than any entity's row has; code that walks a row may call itself for each level. */
const MOST_LEVELS = 20;

function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) return true;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return false;
}

/** What is no object has no fields that could be named. */
const toRow = (position: number, fields: unknown): IncomingRow =>
  typeof fields === "object" && fields !== null && !Array.isArray(fields)
    ? { position, fields }
    : { position, fields, isUnreadable: true };

/** null for an empty line, which counts and is no row. */
function readLine(bytes: Buffer, position: number): IncomingRow | null {
  let text: string | null = null;
  try {
    text = readText(bytes).trim();
    if (text === "") return null;
    const fields: unknown = JSON.parse(text);
    return isTooDeep(fields) ? { position, fields: text, isUnreadable: true } : toRow(position, fields);
  } catch {
    return { position, fields: text ?? bytes.toString("latin1"), isUnreadable: true };
  }
}
