import { eq } from "drizzle-orm";
import { emailChanges } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { randomToken, sha256 } from "@/lib/core/hash";

/** A fresh token for a mail about a change of address. Only its hash is kept; an earlier one of the same kind ends. */
export async function mintChangeToken(
  tx: SystemTransaction,
  changeId: string,
  kind: "tokenHash" | "undoTokenHash",
): Promise<string> {
  const token = randomToken();
  await tx
    .update(emailChanges)
    .set({ [kind]: sha256(token) })
    .where(eq(emailChanges.id, changeId));
  return token;
}
