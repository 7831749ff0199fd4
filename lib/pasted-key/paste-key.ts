import { uuidv7 } from "uuidv7";
import { isUniqueViolation } from "@/db/errors";
import { pastedKeys } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/account/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import { AppError } from "@/lib/core/app-error";
import { enqueueEvent } from "@/lib/outbox/enqueue-event";
import { encryptPastedKey } from "./encrypt-pasted-key";
import { pastedKeyMachine } from "./rules";

export type PasteTarget = { draftId: string } | { activationId: string };

/**
 * Takes a key that the customer made by hand, encrypted before it is written, and has the worker look whose it is. Gives
 * the id to follow. Throws `conflict` while another one is looked at for the same target.
 */
export async function pasteKey(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  target: PasteTarget,
  key: string,
): Promise<string> {
  const id = uuidv7();
  const sealedKey = await encryptPastedKey(tx, id, key);
  const { accountId, userId } = viewer;
  await tx
    .insert(pastedKeys)
    .values({ id, accountId, userId, ...target, state: pastedKeyMachine.advance(null, "paste"), sealedKey })
    .catch((cause: unknown) => {
      if (!isUniqueViolation(cause, "pasted_keys_one_check")) throw cause;
      throw new AppError("conflict", "a key is being checked already", { cause });
    });
  await enqueueEvent(tx, "key/pasted", { pastedKeyId: id });
  await writeAudit(tx, {
    actor: { kind: "user", userId },
    accountId,
    action: "key.paste",
    subject: { kind: "pasted_key", id },
    detail: target,
  });
  return id;
}
