"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import type { ScopedTransaction } from "@/db/scope";
import { partnerDecision } from "@/lib/activation/request/schema";
import { cleanLines, lengthOf, MAX_REASON_LENGTH } from "@/lib/core/outside-text";
import {
  askForRetry,
  cancelInConsole,
  decideInConsole,
  extendDeadline,
  resendRequestMail,
} from "@/lib/partner/monitoring/act-on-request";
import { addNote } from "@/lib/partner/monitoring/add-note";
import { decisionChoice, extensionInput, noteInput } from "@/lib/partner/monitoring/schema";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import type { AuditAction } from "@/lib/platform/audit/actions";
import { getActingMember, INVALID, runAsMember } from "../../acting-member";

const idOf = (data: FormData, name: string) => z.uuid().safeParse(data.get(name));

async function run(
  member: PartnerMember,
  action: AuditAction,
  work: (tx: ScopedTransaction<"partner">) => Promise<void>,
): Promise<FormState> {
  const result = await runAsMember(member, action, work);
  if (!result.ok) return result.state;
  revalidatePath("/", "layout");
  return { status: "ok" };
}

/** Reads `choice.<environment>` and the reasons: one of its own for each rejected company, else the one for all. */
function readDecision(data: FormData) {
  const approve: string[] = [];
  const reject: { environmentId: string; reason: string }[] = [];
  const fieldErrors: Record<string, string> = {};
  const shared = cleanLines(String(data.get("reason") ?? ""));
  for (const [name, value] of data.entries()) {
    const environmentId = /^choice\.(.+)$/.exec(name)?.[1];
    const choice = decisionChoice.safeParse(value);
    if (!environmentId || !choice.success) continue;
    if (choice.data === "approve") {
      approve.push(environmentId);
      continue;
    }
    const own = cleanLines(String(data.get(`reason.${environmentId}`) ?? ""));
    if (own === "" && shared === "") fieldErrors[`reason.${environmentId}`] = "required";
    reject.push({ environmentId, reason: own === "" ? shared : own });
  }
  return { decision: { approve, reject }, fieldErrors };
}

/** Approves and rejects the companies of a request, all at once. */
export async function decideAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "request.decide");
  const requestId = idOf(data, "requestId");
  if (!requestId.success) return INVALID;
  const { decision, fieldErrors } = readDecision(data);
  if (Object.keys(fieldErrors).length > 0) return { ...INVALID, fieldErrors };
  const parsed = partnerDecision.safeParse(decision);
  if (!parsed.success) {
    const tooLong = decision.reject.filter(({ reason }) => lengthOf(reason) > MAX_REASON_LENGTH);
    const errors = tooLong.map(({ environmentId }) => [`reason.${environmentId}`, "too_long"]);
    return { ...INVALID, fieldErrors: Object.fromEntries(errors) };
  }
  const answer = await run(member, "request.decide", (tx) =>
    decideInConsole(tx, member, requestId.data, parsed.data),
  );
  if (answer.status !== "error" || answer.code !== "invalid_input") return answer;
  // All that is left is a character that the vendor does not take.
  const marked = parsed.data.reject.map(({ environmentId }) => [`reason.${environmentId}`, "characters"]);
  return { ...answer, fieldErrors: Object.fromEntries(marked) };
}

export async function cancelRequestAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "request.cancel");
  const requestId = idOf(data, "requestId");
  if (!requestId.success) return INVALID;
  return run(member, "request.cancel", (tx) => cancelInConsole(tx, member, requestId.data));
}

export async function extendDeadlineAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "request.extend");
  const requestId = idOf(data, "requestId");
  const extension = extensionInput.safeParse({ to: data.get("to") });
  if (!requestId.success || !extension.success) return INVALID;
  const input = { requestId: requestId.data, ...extension.data };
  return run(member, "request.extend", (tx) => extendDeadline(tx, member, input));
}

/** Has the customer asked to try again. */
export async function askForRetryAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "request.ask_retry");
  const requestId = idOf(data, "requestId");
  if (!requestId.success) return INVALID;
  return run(member, "request.ask_retry", (tx) => askForRetry(tx, member, requestId.data));
}

export async function resendMailAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "mail.resend");
  const [requestId, mailId] = [idOf(data, "requestId"), idOf(data, "mailId")];
  if (!requestId.success || !mailId.success) return INVALID;
  const ids = { requestId: requestId.data, mailId: mailId.data };
  return run(member, "mail.resend", (tx) => resendRequestMail(tx, member, ids));
}

export async function addNoteAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "request.note");
  const requestId = idOf(data, "requestId");
  if (!requestId.success) return INVALID;
  const note = noteInput.safeParse({ body: data.get("body") });
  if (!note.success) {
    const isTooLong = cleanLines(String(data.get("body") ?? "")) !== "";
    return { ...INVALID, fieldErrors: { body: isTooLong ? "too_long" : "required" } };
  }
  const input = { requestId: requestId.data, ...note.data };
  return run(member, "request.note", (tx) => addNote(tx, member, input));
}
