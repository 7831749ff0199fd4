import type { Adapter, AdapterSession, AdapterUser } from "next-auth/adapters";
import { withScope } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { consumeSignInToken } from "./consume-sign-in-token";
import type { AuthContext } from "./context";
import { createSession } from "./create-session";
import { createUser } from "./create-user";
import { endSession } from "./end-session";
import { findUser } from "./queries";
import { readSession } from "./read-session";

/** Addresses are confirmed by the very sign-in that makes the user, so next-auth's field says nothing here. */
const adapterUser = (user: { id: string; email: string }): AdapterUser => ({ ...user, emailVerified: null });
const adapterUserOrNull = (user: { id: string; email: string } | null): AdapterUser | null =>
  user && adapterUser(user);

async function getUser({ database }: AuthContext, id: string): Promise<AdapterUser | null> {
  return adapterUserOrNull(await withScope(database, { kind: "auth" }, (tx) => findUser(tx, { id })));
}

async function getUserByEmail({ database }: AuthContext, email: string): Promise<AdapterUser | null> {
  return adapterUserOrNull(await withScope(database, { kind: "auth" }, (tx) => findUser(tx, { email })));
}

async function getSessionAndUser(
  { database }: AuthContext,
  sessionToken: string,
): Promise<{ session: AdapterSession; user: AdapterUser } | null> {
  const session = await readSession(database, sessionToken);
  if (!session) return null;
  const { userId, email, expiresAt } = session;
  return {
    session: { sessionToken, userId, expires: expiresAt },
    user: adapterUser({ id: userId, email }),
  };
}

/**
 * next-auth's storage on our rows. `locale` is the language a new user starts with. What e-mail sign-in never asks for
 * is left out; `createVerificationToken` must exist, but mails are made by `requestSignIn`.
 */
export function createAdapter(auth: AuthContext, locale: string): Adapter {
  const { database } = auth;
  return {
    createUser: async ({ email }: { email: string }) =>
      adapterUser(await createUser(database, { email, locale })),
    getUser: (id) => getUser(auth, id),
    getUserByEmail: (email) => getUserByEmail(auth, email),
    updateUser: async ({ id }) => {
      const user = await getUser(auth, id);
      if (!user) throw new AppError("not_found", "user");
      return user;
    },
    createSession: async (session) => {
      const { sessionToken, userId, expires } = session;
      await createSession(database, { token: sessionToken, userId, expiresAt: expires });
      return session;
    },
    getSessionAndUser: (token) => getSessionAndUser(auth, token),
    // `readSession` has moved the end already.
    updateSession: async () => null,
    deleteSession: (token) => endSession(database, token),
    createVerificationToken: () => {
      throw new AppError("misconfigured", "sign-in mails are made by requestSignIn");
    },
    useVerificationToken: async ({ token }) => {
      const used = await consumeSignInToken(database, token);
      return used && { identifier: used.email, token, expires: used.expiresAt };
    },
  };
}
