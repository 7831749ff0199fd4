import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/people/account/schema";
import { inScope } from "@/lib/platform/web-database";

/** A transaction of the operator, who sees metadata of everybody and names of nobody. Only for whom `getOperator` gave. */
export function asOperator<T>(
  viewer: Viewer,
  work: (tx: ScopedTransaction<"operator">) => Promise<T>,
): Promise<T> {
  return inScope({ kind: "operator", userId: viewer.userId }, work);
}
