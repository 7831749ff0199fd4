import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { connectionExports, connections, exportTickets } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { isLive } from "@/lib/connection/lifecycle/rules";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { EXPORTS_PATH } from "./schema";

/** What the gateway's first byte may take: it opens one chunk. */
const ANSWER_WITHIN_MS = 15_000;

/**
 * Has the worker make an export of a connection; one is made at a time, and asking again while it is made changes nothing. Throws
 * `not_found` outside the account, `gone` for a connection that has ended: what it held is destroyed.
 */
export async function askForExport(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  connectionId: string,
): Promise<void> {
  const [connection] = await tx
    .select({ partnerId: connections.partnerId, state: connections.state })
    .from(connections)
    .where(and(eq(connections.id, connectionId), eq(connections.accountId, viewer.accountId)));
  if (!connection) throw new AppError("not_found", "connection");
  if (!isLive(connection.state)) throw new AppError("gone", "the connection has ended");
  const { partnerId } = connection;
  const [asked] = await tx
    .insert(connectionExports)
    .values({
      id: uuidv7(),
      connectionId,
      partnerId,
      accountId: viewer.accountId,
      askedBy: viewer.userId,
    })
    .onConflictDoNothing()
    .returning({ exportId: connectionExports.id });
  if (!asked) return;
  await enqueueEvent(tx, "connection/export.wanted", asked);
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId,
    action: "connection.export",
    subject: { kind: "connection", id: connectionId },
    detail: asked,
  });
}

type Fetched = { connectionId: string; exportId: string };

/** Writes a ticket to fetch an export, with its audit row, and gives it. Throws `not_found` outside the account, `gone` after its end. */
export async function askForDownload(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  { connectionId, exportId }: Fetched,
): Promise<string> {
  const [row] = await tx
    .select({
      partnerId: connectionExports.partnerId,
      state: connectionExports.state,
      endsAt: connectionExports.endsAt,
    })
    .from(connectionExports)
    .where(and(eq(connectionExports.id, exportId), eq(connectionExports.connectionId, connectionId)));
  if (!row) throw new AppError("not_found", "export");
  if (row.state !== "ready" || row.endsAt <= new Date()) throw new AppError("gone", "the export has ended");
  const ticket = randomToken();
  const owner = { connectionId, partnerId: row.partnerId, accountId: viewer.accountId };
  await tx
    .insert(exportTickets)
    .values({ tokenHash: sha256(ticket), exportId, ...owner, askedBy: viewer.userId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: row.partnerId,
    action: "connection.download_export",
    subject: { kind: "connection", id: connectionId },
    detail: { exportId },
  });
  return ticket;
}

/** Has the gateway give out the export of a ticket. null when the gateway cannot be reached, or does not take the ticket. */
export async function fetchExport(gatewayUrl: string, ticket: string): Promise<Response | null> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_WITHIN_MS);
  try {
    const response = await fetch(`${gatewayUrl}${EXPORTS_PATH}`, {
      method: "POST",
      headers: { authorization: `Ticket ${ticket}` },
      redirect: "error",
      cache: "no-store",
      signal: late.signal,
    });
    return response.ok && response.body ? response : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
