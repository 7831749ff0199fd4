"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import type { ScopedTransaction } from "@/db/scope";
import type { HoldAction } from "@/lib/connection/hold/place-hold";
import { holdInConsole, liftHoldInConsole } from "@/lib/partner/monitoring/act-on-connection";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { readPause, readScheduledEnd } from "../../../../connections/read-hold";
import { getActingMember, INVALID, runAsMember } from "../../acting-member";

async function run(
  member: PartnerMember,
  action: HoldAction,
  work: (tx: ScopedTransaction<"partner">) => Promise<void>,
): Promise<FormState> {
  const result = await runAsMember(member, action, work);
  if (!result.ok) return result.state;
  revalidatePath("/", "layout");
  return { status: "ok" };
}

/** Stops a connection of the partner's until a day, or until it is resumed. */
export async function pauseAction(partner: string, _previous: FormState, data: FormData): Promise<FormState> {
  const member = await getActingMember(partner, "connection.pause");
  const read = readPause(data);
  if (!read.ok) return read.state;
  return run(member, "connection.pause", (tx) => holdInConsole(tx, member, read.wanted));
}

/** Has a connection of the partner's end on a day. */
export async function scheduleEndAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "connection.schedule_end");
  const read = readScheduledEnd(data);
  if (!read.ok) return read.state;
  return run(member, "connection.schedule_end", (tx) => holdInConsole(tx, member, read.wanted));
}

/** Takes back what the partner has set. */
export async function liftHoldAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "connection.resume");
  const holdId = z.uuid().safeParse(data.get("holdId"));
  if (!holdId.success) return INVALID;
  return run(member, "connection.resume", (tx) => liftHoldInConsole(tx, member, holdId.data));
}
