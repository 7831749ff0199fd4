import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { createPersonalAccount } from "./create-personal-account";

type Maker = ScopedTransaction<"auth"> | ScopedTransaction<"system">;

/**
 * The user of an address, made with a personal account when there is none. Two makers at once meet at the unique
 * address: the later one waits for the earlier and finds its user.
 */
export async function ensureUser(
  tx: Maker,
  input: { email: string; locale: string },
): Promise<{ id: string; email: string }> {
  const email = input.email.toLowerCase();
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
}
