import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { ScopedTransaction } from "@/db/scope";
import { describeDeliveryFailure } from "@/lib/platform/mail/delivery-failure";
import type { BounceNotice } from "./schema";

/**
 * A mail that was taken by our server came back from the recipient's: it becomes one that failed, and a task. False when
 * no mail that counts as sent has this Message-ID, or the notice is not final.
 */
export async function recordBounce(tx: ScopedTransaction<"auth">, notice: BounceNotice): Promise<boolean> {
  if (notice.kind === "transient") return false;
  const messageId = `<${notice.messageId.replace(/^<|>$/g, "")}>`;
  const { said } = describeDeliveryFailure(new Error(notice.reason || "came back without a reason"));
  const [row] = await tx.execute<{ known: boolean }>(
    sql`select kytkin.record_bounce(${messageId}, ${said}, ${uuidv7()}) as known`,
  );
  return row?.known ?? false;
}
