import { notFound } from "next/navigation";
import type { Viewer } from "@/lib/people/account/schema";
import { getViewer } from "./viewer";

/**
 * The signed-in operator. A visitor is sent to sign in and comes back to `returnTo`; for anybody else there is nothing
 * here: 404. Asked in every page and action under /operator, from the session's row.
 */
export async function getOperator(returnTo: string): Promise<Viewer> {
  const viewer = await getViewer(returnTo);
  if (!viewer.isOperator) notFound();
  return viewer;
}
