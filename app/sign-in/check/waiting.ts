import { findWaitingSignIn } from "@/lib/people/auth/queries";
import { waitingState } from "@/lib/people/auth/rules";
import type { WaitingSignIn } from "@/lib/people/auth/schema";
import { findViewer } from "@/lib/people/auth/viewer";
import { inScope } from "@/lib/platform/web-database";
import { readAskingBrowser } from "../asking-browser";

type Waiting = { waiting: WaitingSignIn | null; state: ReturnType<typeof waitingState> };

/** How the newest request of this browser stands. */
export async function readWaiting(): Promise<Waiting> {
  const { browserId } = await readAskingBrowser();
  const waiting = browserId
    ? await inScope({ kind: "auth" }, (tx) => findWaitingSignIn(tx, browserId))
    : null;
  const viewer = waiting?.isUsed ? await findViewer() : null;
  return { waiting, state: waitingState(waiting, viewer?.email) };
}
