import type { Database } from "@/db/client";
import { withScope } from "@/db/scope";
import { ensureUser } from "./ensure-user";

/** The user of an address, made with a personal account at first sign-in. */
export async function createUser(
  database: Database,
  input: { email: string; locale: string },
): Promise<{ id: string; email: string }> {
  return await withScope(database, { kind: "auth" }, (tx) => ensureUser(tx, input));
}
