import { eq } from "drizzle-orm";
import { emailChanges } from "@/db/schema";
import { randomToken, sha256 } from "@/lib/core/hash";
import type { SystemTransaction } from "@/lib/platform/seal/data-key";

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
