import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { accountUpdates, activationRequests } from "@/db/schema";
import { withScope } from "@/db/scope";
import type { Viewer } from "@/lib/people/account/schema";
import { listAccounts } from "./queries";
import type { AccountChoice } from "./schema";

/** What mails lead to, as the first part of its address. */
const MAILED = { requests: activationRequests, updates: accountUpdates } as const;
export type Mailed = keyof typeof MAILED;

/** Which other account of the viewer a request or an update belongs to; null when it is in none of theirs. */
export async function findAccountWith(
  database: Database,
  viewer: Viewer,
  what: Mailed,
  id: string,
): Promise<AccountChoice | null> {
  const choices = await withScope(database, { kind: "auth" }, (tx) => listAccounts(tx, viewer));
  const table = MAILED[what];
  for (const choice of choices.filter(({ isActive }) => !isActive)) {
    const scope = { kind: "customer", accountId: choice.id, userId: viewer.userId } as const;
    const found = await withScope(database, scope, (tx) =>
      tx.select({ id: table.id }).from(table).where(eq(table.id, id)),
    );
    if (found.length > 0) return choice;
  }
  return null;
}
