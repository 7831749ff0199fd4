"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import type { ScopedTransaction } from "@/db/scope";
import { liftHold } from "@/lib/connection/hold/lift-hold";
import { type HoldAction, placeHold } from "@/lib/connection/hold/place-hold";
import type { Viewer } from "@/lib/people/account/schema";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../as-customer";
import { runAction } from "../run-action";
import { readPause, readScheduledEnd } from "./read-hold";

const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;
const actorOf = ({ userId }: Viewer) => ({ by: "customer", userId }) as const;

async function run(
  action: HoldAction,
  connectionId: string,
  work: (tx: ScopedTransaction<"customer">, viewer: Viewer) => Promise<void>,
): Promise<FormState> {
  const path = `/connections/${connectionId}`;
  const viewer = await getViewer(path);
  const result = await runAction(action, viewer, () => asCustomer(viewer, (tx) => work(tx, viewer)));
  if (!result.ok) return result.state;
  revalidatePath(path);
  revalidatePath("/home");
  return { status: "ok" };
}

/** Stops a connection until a day, or until it is resumed. */
export async function pauseConnectionAction(_previous: FormState, data: FormData): Promise<FormState> {
  const read = readPause(data);
  if (!read.ok) return read.state;
  const { wanted } = read;
  return run("connection.pause", wanted.connectionId, (tx, viewer) => placeHold(tx, actorOf(viewer), wanted));
}

/** Has a connection end on a day. */
export async function scheduleEndAction(_previous: FormState, data: FormData): Promise<FormState> {
  const read = readScheduledEnd(data);
  if (!read.ok) return read.state;
  const { wanted } = read;
  return run("connection.schedule_end", wanted.connectionId, (tx, viewer) =>
    placeHold(tx, actorOf(viewer), wanted),
  );
}

/** Resumes a paused connection, or takes back the day of its end. */
export async function liftHoldAction(_previous: FormState, data: FormData): Promise<FormState> {
  const ids = z
    .object({ connectionId: z.uuid(), holdId: z.uuid() })
    .safeParse({ connectionId: data.get("connectionId"), holdId: data.get("holdId") });
  if (!ids.success) return INVALID;
  const { connectionId, holdId } = ids.data;
  return run("connection.resume", connectionId, (tx, viewer) => liftHold(tx, actorOf(viewer), holdId));
}
