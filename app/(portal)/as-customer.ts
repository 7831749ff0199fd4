import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/people/account/schema";
import { memberScope } from "@/lib/people/account/scope-of";
import { inScope } from "@/lib/platform/web-database";

/** A transaction in the viewer's account; `linkToken` also opens what that link leads to. A guest has none: `not_found`. */
export async function asCustomer<T>(
  viewer: Viewer,
  work: (tx: ScopedTransaction<"customer">) => Promise<T>,
  linkToken?: string,
): Promise<T> {
  return inScope(memberScope(viewer, linkToken), work);
}
