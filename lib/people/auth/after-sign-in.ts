import { cookies } from "next/headers";
import { mergePendingAcceptance } from "@/lib/activation/draft/pending-acceptance";
import type { Viewer } from "@/lib/people/account/schema";
import { PENDING_ACCEPTANCE_COOKIE } from "./pending-acceptance-cookie";

/** Runs once after each completed sign-in, in the browser that completed it. */
export async function afterSignIn(viewer: Viewer): Promise<void> {
  const pending = (await cookies()).get(PENDING_ACCEPTANCE_COOKIE)?.value;
  if (pending) await mergePendingAcceptance(viewer, pending);
}
