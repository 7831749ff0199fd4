import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/account/schema";
import { getRequestView } from "@/lib/activation/queries";
import type { RequestView } from "@/lib/activation/schema";
import { getViewer } from "@/lib/auth/viewer";
import { isAppError } from "@/lib/core/app-error";
import { getReaderLocale } from "@/lib/i18n/reader-locale";
import { findAccountWithRequest } from "@/lib/membership/find-account-with-request";
import { webDatabase } from "@/lib/web-database";
import { asCustomer } from "../../as-customer";

/** What `read` tells of a request in the viewer's account; somebody else's request is a 404. */
export async function loadOfRequest<T>(
  id: string,
  path: string,
  read: (tx: ScopedTransaction<"customer">, requestId: string) => Promise<T>,
): Promise<{ viewer: Viewer; view: T }> {
  if (!z.uuid().safeParse(id).success) notFound();
  const viewer = await getViewer(path);
  try {
    return { viewer, view: await asCustomer(viewer, (tx) => read(tx, id)) };
  } catch (error) {
    if (!isAppError(error, "not_found")) throw error;
    // A member of several accounts comes from a mail of another one.
    if (await findAccountWithRequest(webDatabase(), viewer, id))
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
