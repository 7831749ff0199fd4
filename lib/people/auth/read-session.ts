import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sessions } from "@/db/schema";
import { withScope } from "@/db/scope";
import { createPersonalAccount } from "./create-personal-account";
import { findSession } from "./queries";
import { isSessionUpdateDue, SESSION_SECONDS } from "./rules";
import type { Session } from "./schema";

/** The live session of a cookie's token; one that is in use gets a later end, at most once a day. */
export async function readSession(database: Database, token: string): Promise<Session | null> {
  return await withScope(database, { kind: "auth" }, async (tx) => {
    const found = await findSession(tx, token);
    if (!found) return null;
    const { userId: id, email } = found;
    // Whoever was taken out of their last account goes on in one of their own.
    const accountId = found.accountId ?? (await createPersonalAccount(tx, { id, email }));
    const session = { ...found, accountId };
    if (!isSessionUpdateDue(session.expiresAt, new Date())) return session;
    const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000);
    await tx.update(sessions).set({ expiresAt }).where(eq(sessions.id, session.sessionId));
    return { ...session, expiresAt };
  });
}
