import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema";
import { withScope } from "@/db/scope";
import { createPersonalAccount } from "./create-personal-account";

/**
 * The user of an address, made with a personal account at first sign-in. Two first sign-ins at once meet at the unique
 * address: the later one waits for the earlier and finds its user.
 */
export async function createUser(
  database: Database,
  input: { email: string; locale: string },
): Promise<{ id: string; email: string }> {
  const email = input.email.toLowerCase();
  return await withScope(database, { kind: "auth" }, async (tx) => {
    const [created] = await tx
      .insert(users)
      .values({ email, locale: input.locale })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id, email: users.email });
    if (created) {
      await createPersonalAccount(tx, created);
      return created;
    }
    const [existing] = await tx
      .select({ id: users.id, email: users.email })
      .from(users)
      .where(eq(users.email, email));
    if (!existing) throw new Error("The user was neither created nor found.");
    return existing;
  });
}
