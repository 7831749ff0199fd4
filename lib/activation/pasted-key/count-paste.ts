import type { RequestTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/people/account/schema";
import { takeRateLimit } from "@/lib/platform/rate-limit";

/** Each pasted key costs calls under the partner's limit, and nobody makes twenty by hand in an hour. */
const PASTE_LIMIT = { name: "key.paste", max: 20, windowSeconds: 3600 };

/** Counts one pasted key, well formed or not. In a transaction of its own, so that a refusal does not give the try back. */
export function countPaste(tx: RequestTransaction, viewer: Viewer): Promise<void> {
  return takeRateLimit(tx, { ...PASTE_LIMIT, subject: viewer.userId });
}
