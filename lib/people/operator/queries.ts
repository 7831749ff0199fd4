import { asc, eq } from "drizzle-orm";
import { operators, users } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";

/** Who runs this installation, by address. */
export async function listOperators(tx: SystemTransaction): Promise<{ email: string; since: Date }[]> {
  return tx
    .select({ email: users.email, since: operators.createdAt })
    .from(operators)
    .innerJoin(users, eq(users.id, operators.userId))
    .orderBy(asc(users.email));
}
