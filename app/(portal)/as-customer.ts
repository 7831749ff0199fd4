import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/account/schema";
import { memberScope } from "@/lib/account/scope-of";
import { inScope } from "@/lib/web-database";

/** A transaction in the viewer's account; `linkToken` also opens what that link leads to. A guest has none: `not_found`. */
export async function asCustomer<T>(
  viewer: Viewer,
  work: (tx: ScopedTransaction<"customer">) => Promise<T>,
  linkToken?: string,
): Promise<T> {
  return inScope(memberScope(viewer, linkToken), work);
}
