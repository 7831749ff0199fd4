import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { activationRequests } from "@/db/schema";
import { withScope } from "@/db/scope";
import type { Viewer } from "@/lib/people/account/schema";
import { listAccounts } from "./queries";
import type { AccountChoice } from "./schema";

/** Which other account of the viewer a request belongs to; null when it is in none of theirs. */
export async function findAccountWithRequest(
  database: Database,
  viewer: Viewer,
  requestId: string,
): Promise<AccountChoice | null> {
  const choices = await withScope(database, { kind: "auth" }, (tx) => listAccounts(tx, viewer));
  for (const choice of choices.filter(({ isActive }) => !isActive)) {
    const scope = { kind: "customer", accountId: choice.id, userId: viewer.userId } as const;
    const found = await withScope(database, scope, (tx) =>
      tx
        .select({ id: activationRequests.id })
        .from(activationRequests)
        .where(eq(activationRequests.id, requestId)),
    );
    if (found.length > 0) return choice;
  }
  return null;
}
