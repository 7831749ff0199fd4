import { notFound } from "next/navigation";
import { z } from "zod";
import { getActivationToRecover } from "@/lib/activation/pasted-key/queries";
import type { ActivationToRecover } from "@/lib/activation/pasted-key/schema";
import { isAppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { getViewer } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { asCustomer } from "../../../as-customer";

/** The activation whose key is asked for again, in the viewer's account; somebody else's is a 404. */
export async function loadRecovery(
  id: string,
  path: string,
): Promise<{ viewer: Viewer; activation: ActivationToRecover }> {
  if (!z.uuid().safeParse(id).success) notFound();
  const viewer = await getViewer(path);
  try {
    const locale = await getReaderLocale();
    return { viewer, activation: await asCustomer(viewer, (tx) => getActivationToRecover(tx, id, locale)) };
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
}
