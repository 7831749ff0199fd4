import type { IncomingMessage } from "node:http";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { withScope } from "@/db/scope";
import { BODY_VIEWS_PATH } from "@/lib/connection/delivery/opened-row";
import type { OpenedRow } from "@/lib/connection/delivery/schema";
import { openBody, openKey, openProblems, openRowRecord } from "@/lib/connection/delivery/sealed-row";
import { sha256 } from "@/lib/core/hash";
import { unwrapConnectionData } from "@/lib/platform/seal/connection-data";
import type { GatewayContext } from "./context";
import type { RouteAnswer } from "./route";

const sealed = z.string().nullable();
const found = z.object({
  rowId: z.uuid(),
  connectionId: z.uuid(),
  sealedKey: sealed,
  sealedBody: sealed,
  sealedProblems: sealed,
  sealedRecord: sealed,
  dataKey: z.object({ keyEncryptionKeyId: z.string(), wrappedKey: z.string() }),
});

/**
 * Opens a row for a ticket that web wrote in its viewer's name. null when the path is another one; 404 for a ticket that is
 * unknown, used or older than a minute. The ticket is in a header, so that no log of addresses holds it.
 */
export async function answerBodyView(
  { database, keys }: GatewayContext,
  path: string,
  request: IncomingMessage,
): Promise<RouteAnswer | null> {
  if (path !== BODY_VIEWS_PATH) return null;
  if (request.method !== "POST") return { status: 405, headers: { allow: "POST" }, body: null };
  const ticket = /^Ticket ([\w-]{20,100})$/.exec(request.headers.authorization ?? "")?.[1];
  if (ticket === undefined) return { status: 401, body: null };
  const [answer] = await withScope(database, { kind: "gateway" }, (tx) =>
    tx.execute<{ row: unknown }>(sql`select kytkin.use_body_view(${sha256(ticket)}) as row`),
  );
  const read = found.safeParse(answer?.row);
  if (!read.success) return { status: 404, body: null };
  const { rowId, connectionId, dataKey, ...row } = read.data;
  const data = unwrapConnectionData(keys, { ownerId: connectionId, ...dataKey });
  const opened: OpenedRow = {
    key: row.sealedKey && openKey(data, rowId, row.sealedKey),
    fields: row.sealedBody === null ? null : openBody(data, rowId, row.sealedBody),
    problems: row.sealedProblems === null ? [] : openProblems(data, rowId, row.sealedProblems),
    record: row.sealedRecord === null ? null : openRowRecord(data, rowId, row.sealedRecord),
  };
  return { status: 200, body: opened };
}
