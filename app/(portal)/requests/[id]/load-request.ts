import { notFound } from "next/navigation";
import { z } from "zod";
import type { Viewer } from "@/lib/account/schema";
import { getRequestView } from "@/lib/activation/queries";
import type { RequestView } from "@/lib/activation/schema";
import { getViewer } from "@/lib/auth/viewer";
import { isAppError } from "@/lib/core/app-error";
import { asCustomer } from "../../as-customer";

/** The request of a page, in the viewer's account; somebody else's is a 404. */
export async function loadRequest(id: string, path: string): Promise<{ viewer: Viewer; view: RequestView }> {
  if (!z.uuid().safeParse(id).success) notFound();
  const viewer = await getViewer(path);
  try {
    return { viewer, view: await asCustomer(viewer, (tx) => getRequestView(tx, id)) };
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
}
