import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import type { RequestTransaction } from "@/db/scope";
import { getRequestView } from "@/lib/activation/request/queries";
import type { RequestView } from "@/lib/activation/request/schema";
import { isAppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { findAccountWith } from "@/lib/people/membership/find-account-with";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { webDatabase } from "@/lib/platform/web-database";
import { getActor, onRequest } from "../../acting";

/** What `read` tells of a request in the viewer's account; somebody else's request is a 404. */
export async function loadOfRequest<T>(
  id: string,
  path: string,
  read: (tx: RequestTransaction, requestId: string, viewer: Viewer) => Promise<T>,
): Promise<{ viewer: Viewer; view: T }> {
  if (!z.uuid().safeParse(id).success) notFound();
  const viewer = await getActor({ requestId: id }, path);
  try {
    return { viewer, view: await onRequest(viewer, (tx) => read(tx, id, viewer)) };
  } catch (error) {
    if (!isAppError(error, "not_found")) throw error;
    // A member of several accounts comes from a mail of another one.
    if (await findAccountWith(webDatabase(), viewer, "requests", id))
      redirect(`/account/elsewhere?${new URLSearchParams({ path: path.replace(/\/partner-steps$/, "") })}`);
    notFound();
  }
}

/** The request of a page, in the viewer's account; somebody else's is a 404. */
export function loadRequest(id: string, path: string): Promise<{ viewer: Viewer; view: RequestView }> {
  return loadOfRequest(id, path, async (tx, requestId) =>
    getRequestView(tx, requestId, await getReaderLocale()),
  );
}
