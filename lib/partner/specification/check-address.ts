import { eq } from "drizzle-orm";
import { checkedAddresses } from "@/db/schema";
import { sendOutgoing } from "@/lib/platform/outgoing/send-outgoing";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

const TIMEOUT_MS = 10_000;

/** Calls an address that a partner wrote into a draft, and keeps what came of it. Nothing of the answer's body is kept. */
export async function checkAddress(context: WorkerContext, addressId: string): Promise<void> {
  const isIt = eq(checkedAddresses.id, addressId);
  const [row] = await asSystem(context, "read address", (tx) =>
    tx.select().from(checkedAddresses).where(isIt),
  );
  if (!row || row.checkedAt !== null) return;
  const answer = await sendOutgoing(
    {
      method: "GET",
      url: row.address,
      headers: { accept: "text/html,*/*;q=0.5", "user-agent": "Kytkin-Address-Check/1" },
      timeoutMs: TIMEOUT_MS,
      maxAnswerBytes: 0,
    },
    context.outgoing,
  );
  const found =
    answer.kind === "answered"
      ? { status: answer.status, error: null }
      : { status: null, error: answer.error };
  await asSystem(context, "keep address check", (tx) =>
    tx
      .update(checkedAddresses)
      .set({ checkedAt: new Date(), ...found })
      .where(isIt),
  );
}
