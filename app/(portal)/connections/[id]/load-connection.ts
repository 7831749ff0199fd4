import { notFound } from "next/navigation";
import { z } from "zod";
import { getViewer } from "@/lib/auth/viewer";
import { getConnectionDetails } from "@/lib/connection/queries";
import type { ConnectionDetails } from "@/lib/connection/schema";
import { isAppError } from "@/lib/core/app-error";
import { getReaderLocale } from "@/lib/i18n/reader-locale";
import { findOwnOffboarding } from "@/lib/offboarding/queries";
import type { OwnOffboardingView } from "@/lib/offboarding/schema";
import { asCustomer } from "../../as-customer";

/** The connection of a page, in the viewer's account, with its end if it has one; somebody else's is a 404. */
export async function loadConnection(
  id: string,
): Promise<{ connection: ConnectionDetails; offboarding: OwnOffboardingView | null }> {
  if (!z.uuid().safeParse(id).success) notFound();
  const viewer = await getViewer(`/connections/${id}`);
  const locale = await getReaderLocale();
  try {
    return await asCustomer(viewer, async (tx) => ({
      connection: await getConnectionDetails(tx, id, locale),
      offboarding: await findOwnOffboarding(tx, id),
    }));
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
}
