import { and, asc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { activations, connections, inboundCalls, inboundNotices, integrations } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import { noteUseOfEnded } from "@/lib/connection/offboarding/note-key-use";
import type { InboundCall, InboundNotice } from "@/lib/connectors/inbound";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { sha256 } from "@/lib/core/hash";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { decryptToWorker } from "@/lib/platform/seal/worker-envelope";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

type Row = typeof inboundCalls.$inferSelect;

const callContent = z.object({
  callId: z.uuid(),
  headers: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
  body: z.string(),
});

/** What is read in one go: a flood at one address leaves the worker to the others in between. */
const AT_ONCE = 50;

/**
 * Has the connector verify what its vendor sent to an application's address, and has the connections checked that a verified
 * notice is about: it is a hint to read, so that nothing ends or pauses by its word. A notice counts once. May run twice and
 * at once; passing trouble with the vendor's keys is thrown, and the call waits. Returns how many notices were new.
 */
export async function readCalls(context: WorkerContext, vendorApplicationId: string): Promise<number> {
  const rows = await asSystem(context, "list inbound calls", (tx) =>
    tx
      .select()
      .from(inboundCalls)
      .where(eq(inboundCalls.vendorApplicationId, vendorApplicationId))
      .orderBy(asc(inboundCalls.id))
      .limit(AT_ONCE),
  );
  if (rows.length === 0) return 0;
  const { connector, vendor } = await createConnectorContext(context, vendorApplicationId);
  let fresh = 0;
  for (const row of rows) {
    const call = await open(context, row);
    const notice = call && connector.readInbound ? await connector.readInbound(vendor, call) : null;
    if (notice === null)
      context.log.warn({ inboundCallId: row.id, vendorApplicationId }, "an inbound call is not the vendor's");
    if (await close(context, row, notice)) fresh += 1;
  }
  if (rows.length === AT_ONCE)
    await asSystem(context, "ask for more inbound calls", (tx) =>
      enqueueEvent(tx, "vendor/called", { vendorApplicationId }),
    );
  return fresh;
}

/** null when it was not encrypted to this worker or not for this row. */
async function open(context: WorkerContext, { id, sealedCall }: Row): Promise<InboundCall | null> {
  const opened = callContent.safeParse(
    await asSystem(context, "open inbound call", (tx) => decryptToWorker(tx, context, sealedCall)),
  );
  return opened.success && opened.data.callId === id ? opened.data : null;
}

/** Whether the notice was new. */
async function close(
  context: WorkerContext,
  { id, vendorApplicationId }: Row,
  notice: InboundNotice | null,
): Promise<boolean> {
  return asSystem(context, "take inbound notice", async (tx) => {
    await tx.delete(inboundCalls).where(eq(inboundCalls.id, id));
    if (notice === null) return false;
    const inserted = await tx
      .insert(inboundNotices)
      .values({ vendorApplicationId, noticeHash: sha256(notice.id) })
      .onConflictDoNothing()
      .returning({ noticeHash: inboundNotices.noticeHash });
    if (inserted.length === 0) return false;
    await askForChecks(tx, vendorApplicationId, notice.externalId);
    return true;
  });
}

/** Live connections of the application in this environment: of the company that the vendor names, whoever has it here. */
async function askForChecks(
  tx: SystemTransaction,
  vendorApplicationId: string,
  externalId: string,
): Promise<void> {
  const concerned = tx
    .select({ id: connections.id })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(
      and(
        eq(integrations.vendorApplicationId, vendorApplicationId),
        eq(activations.externalId, externalId),
        inArray(connections.state, [...LIVE_STATES]),
      ),
    );
  const asked = await tx
    .update(connections)
    .set({ checkWantedAt: new Date() })
    .where(inArray(connections.id, concerned))
    .returning({ connectionId: connections.id });
  for (const one of asked) await enqueueEvent(tx, "connection/check.wanted", one);
  if (asked.length === 0) await noteUseOfEnded(tx, { vendorApplicationId, externalId });
}
