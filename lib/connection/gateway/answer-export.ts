import type { IncomingMessage } from "node:http";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { withScope } from "@/db/scope";
import { openExportChunk } from "@/lib/connection/export/chunk";
import { EXPORTS_PATH } from "@/lib/connection/export/schema";
import { sha256 } from "@/lib/core/hash";
import { unwrapDataKey } from "@/lib/platform/seal/data-key";
import type { GatewayContext } from "./context";
import type { RouteAnswer } from "./route";

const found = z.object({
  exportId: z.uuid(),
  chunkCount: z.int(),
  sizeBytes: z.int(),
  dataKey: z.object({ keyEncryptionKeyId: z.string(), wrappedKey: z.string() }),
});

/**
 * Gives out an export for a ticket that web wrote in a member's name, opened chunk by chunk. null when the path is another one;
 * 404 for a ticket that is unknown, used or older than a minute. An export that ends meanwhile breaks off.
 */
export async function answerExport(
  { database, keys }: GatewayContext,
  path: string,
  request: IncomingMessage,
): Promise<RouteAnswer | null> {
  if (path !== EXPORTS_PATH) return null;
  if (request.method !== "POST") return { status: 405, headers: { allow: "POST" }, body: null };
  const ticket = /^Ticket ([\w-]{20,100})$/.exec(request.headers.authorization ?? "")?.[1];
  if (ticket === undefined) return { status: 401, body: null };
  const tokenHash = sha256(ticket);
  const [answer] = await withScope(database, { kind: "gateway" }, (tx) =>
    tx.execute<{ export: unknown }>(sql`select kytkin.use_export_ticket(${tokenHash}) as export`),
  );
  const read = found.safeParse(answer?.export);
  if (!read.success) return { status: 404, body: null };
  const { exportId, chunkCount, sizeBytes, dataKey: wrapped } = read.data;
  const dataKey = unwrapDataKey(keys, { ownerKind: "connection_export", ownerId: exportId, ...wrapped });
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let number = 0; number < chunkCount; number += 1) {
      const [row] = await withScope(database, { kind: "gateway" }, (tx) =>
        tx.execute<{ sealed: Buffer | null }>(
          sql`select kytkin.read_export_chunk(${tokenHash}, ${number}::integer) as sealed`,
        ),
      );
      if (!row?.sealed) throw new Error("the export has ended");
      yield openExportChunk(dataKey, exportId, number, row.sealed);
    }
  }
  const headers = { "content-type": "application/zip", "content-length": String(sizeBytes) };
  return { status: 200, headers, body: chunks() };
}
