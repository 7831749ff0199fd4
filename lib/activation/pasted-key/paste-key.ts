import { uuidv7 } from "uuidv7";
import { isUniqueViolation } from "@/db/errors";
import { pastedKeys } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { encryptPastedKey } from "./encrypt-pasted-key";
import { pastedKeyMachine } from "./rules";
import type { PastedContent } from "./schema";

/** One at a time for a target; and the return of a login, twice at the same moment. */
const ONCE = ["pasted_keys_one_check", "pasted_keys_pkey"];

export type PasteTarget = { draftId: string } | { activationId: string };

/** Takes a key that the customer made by hand. Gives the id to follow; throws as `takeKey`. */
export function pasteKey(
  tx: RequestTransaction,
  viewer: Viewer,
  target: PasteTarget,
  key: string,
): Promise<string> {
  return takeKey(tx, viewer, target, { id: uuidv7(), content: { key } });
}

/**
 * Takes a key, or what is traded for one, encrypted before it is written, and has the worker look whose it is. Gives the
 * id. Throws `conflict` while another one is looked at for the same target, or when the id was there a moment ago.
 */
export async function takeKey(
  tx: RequestTransaction,
  viewer: Viewer,
  target: PasteTarget,
  { id, content }: { id: string; content: PastedContent },
): Promise<string> {
  const sealedKey = await encryptPastedKey(tx, id, content);
  const { accountId, userId } = viewer;
  await tx
    .insert(pastedKeys)
    .values({ id, accountId, userId, ...target, state: pastedKeyMachine.advance(null, "paste"), sealedKey })
    .catch((cause: unknown) => {
      if (!ONCE.some((constraint) => isUniqueViolation(cause, constraint))) throw cause;
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
