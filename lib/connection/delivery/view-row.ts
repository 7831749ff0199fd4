import { and, eq } from "drizzle-orm";
import { bodyViews, deliveryRows } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { randomToken, sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { BODY_VIEWS_PATH, openedRow } from "./opened-row";
import type { OpenedRow } from "./schema";

const ANSWER_WITHIN_MS = 5_000;

/**
 * Writes a ticket for one look at a row's content, with its audit row, and gives it. Throws `not_found` for a row of another
 * account or connection.
 */
export async function askForRow(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  { connectionId, rowId }: { connectionId: string; rowId: string },
): Promise<string> {
  const [row] = await tx
    .select({ partnerId: deliveryRows.partnerId })
    .from(deliveryRows)
    .where(and(eq(deliveryRows.connectionId, connectionId), eq(deliveryRows.id, rowId)));
  if (!row) throw new AppError("not_found", "row");
  const ticket = randomToken();
  await tx.insert(bodyViews).values({
    ...{ tokenHash: sha256(ticket), rowId, connectionId, partnerId: row.partnerId },
    ...{ accountId: viewer.accountId, askedBy: viewer.userId },
  });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: row.partnerId,
    action: "delivery.view_row",
    subject: { kind: "connection", id: connectionId },
    detail: { rowId },
  });
  return ticket;
}

/** Has the gateway open the row of a ticket. null when it cannot be reached, or when the ticket is not taken. */
export async function fetchRow(gatewayUrl: string, ticket: string): Promise<OpenedRow | null> {
  try {
    const response = await fetch(`${gatewayUrl}${BODY_VIEWS_PATH}`, {
      method: "POST",
      headers: { authorization: `Ticket ${ticket}` },
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (!response.ok) return null;
    return openedRow.parse(await response.json());
  } catch {
    return null;
  }
}
