import { z } from "zod";
import { findActor } from "@/lib/activation/guest/act-as-guest";
import { getRequestView } from "@/lib/activation/request/queries";
import type { RequestView } from "@/lib/activation/request/schema";
import { isAppError } from "@/lib/core/app-error";
import { requestScope } from "@/lib/people/account/scope-of";
import { webAuth } from "@/lib/people/auth/context";
import { readSession } from "@/lib/people/auth/read-session";
import { findSessionToken } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { inScope } from "@/lib/platform/web-database";

export type SessionReader = () => Promise<RequestView | null>;

/**
 * Reads the request for whoever this browser's session is now: each call looks the session up anew, so that a stream
 * ends with it. null: signed out, or not this account's.
 */
export async function createRequestReader(id: string): Promise<SessionReader> {
  const token = await findSessionToken();
  const locale = await getReaderLocale();
  const isId = z.uuid().safeParse(id).success;
  return async () => {
    const viewer = token && isId ? await readSession(webAuth().database, token) : null;
    if (!viewer) return null;
    try {
      const actor = await inScope({ kind: "auth" }, (tx) => findActor(tx, viewer, { requestId: id }));
      return await inScope(requestScope(actor), (tx) => getRequestView(tx, id, locale));
    } catch (error) {
      if (isAppError(error, "not_found")) return null;
      throw error;
    }
  };
}
