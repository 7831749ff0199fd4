import { takePendingAcceptance } from "@/lib/draft/pending-acceptance";
import type { CompletedSignIn } from "./schema";

/** Runs once after each completed sign-in, in the browser that completed it. */
export async function afterSignIn(completed: CompletedSignIn): Promise<void> {
  await takePendingAcceptance(completed);
}
