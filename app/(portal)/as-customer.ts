import type { ScopedTransaction } from "@/db/scope";
import { sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { inScope } from "@/lib/platform/web-database";

/** A transaction in the viewer's account; `linkToken` also opens what that link leads to. */
export function asCustomer<T>(
  viewer: Viewer,
  work: (tx: ScopedTransaction<"customer">) => Promise<T>,
  linkToken?: string,
): Promise<T> {
  const linkHash = linkToken === undefined ? undefined : sha256(linkToken);
  return inScope({ kind: "customer", accountId: viewer.accountId, userId: viewer.userId, linkHash }, work);
}
