import { notFound } from "next/navigation";
import { z } from "zod";
import type { ScopedTransaction } from "@/db/scope";
import { getConnectionDetails } from "@/lib/connection/lifecycle/queries";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import { findOwnOffboarding } from "@/lib/connection/offboarding/queries";
import type { OwnOffboardingView } from "@/lib/connection/offboarding/schema";
import { isAppError } from "@/lib/core/app-error";
import { getViewer } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { asCustomer } from "../../as-customer";

type Loaded = { connection: ConnectionDetails; offboarding: OwnOffboardingView | null };

/** The connection of a page, in the viewer's account, with its end if it has one; somebody else's is a 404. */
export function loadConnection(id: string): Promise<Loaded> {
  return loadOfConnection(id, async () => null);
}

/** The same with what `read` tells in the same transaction. */
export async function loadOfConnection<T>(
  id: string,
  read: (tx: ScopedTransaction<"customer">, accountId: string) => Promise<T>,
): Promise<Loaded & { read: T }> {
  if (!z.uuid().safeParse(id).success) notFound();
  const viewer = await getViewer(`/connections/${id}`);
  const locale = await getReaderLocale();
  try {
    return await asCustomer(viewer, async (tx) => ({
      connection: await getConnectionDetails(tx, id, locale),
      offboarding: await findOwnOffboarding(tx, id),
      read: await read(tx, viewer.accountId),
    }));
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
}
