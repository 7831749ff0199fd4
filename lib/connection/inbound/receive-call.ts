import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { ScopedTransaction } from "@/db/scope";
import type { InboundCall } from "@/lib/connectors/inbound";
import { sha256 } from "@/lib/core/hash";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { encryptToWorker } from "@/lib/platform/seal/worker-envelope";
import { CALL_LIMIT, type Reception } from "./schema";

/** Whether a connector's vendor was given this address. Counts the call; throws `too_many_requests`. */
export async function isInboundAddress(
  tx: ScopedTransaction<"public">,
  connector: string,
  address: string,
): Promise<boolean> {
  const hash = sha256(address);
  const [row] = await tx.execute<{ known: boolean }>(
    sql`select kytkin.is_inbound_address(${hash}, ${connector}) as known`,
  );
  if (!row?.known) return false;
  await takeRateLimit(tx, { ...CALL_LIMIT, subject: hash });
  return true;
}

/**
 * Keeps a call for the worker, encrypted to it: its body may hold names, and the web process cannot tell whose call it is.
 * Nothing is believed here.
 */
export async function receiveCall(
  tx: ScopedTransaction<"public">,
  { connector, address }: { connector: string; address: string },
  { headers, body }: InboundCall,
): Promise<Reception> {
  const callId = uuidv7();
  const sealed = await encryptToWorker(tx, { callId, headers: JSON.stringify(headers), body });
  const [row] = await tx.execute<{ reception: Reception }>(
    sql`select kytkin.keep_inbound_call(${sha256(address)}, ${connector}, ${callId}, ${sealed}) as reception`,
  );
  return row?.reception ?? "unknown";
}
