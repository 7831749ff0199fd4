import { eq } from "drizzle-orm";
import { activationRequests, activations, specifications } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { ACCEPTED, type FormFormat, matchesFormat } from "@/lib/catalogue/integration/formats";
import { readMain } from "@/lib/catalogue/integration/read-content";
import type { FormField } from "@/lib/catalogue/integration/schema";
import { AppError } from "@/lib/core/app-error";
import { type AddressProblem, readEmailAddress } from "@/lib/core/email-address";
import { cleanLine, lengthOf } from "@/lib/core/outside-text";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { lockRequest } from "./lock-request";
import { activationMachine, requestMachine } from "./rules";

export type FormAnswers = Record<string, string>;
type FieldProblem = "required" | "too_long" | AddressProblem | "choice" | "accept" | `format_${FormFormat}`;
export type FormOutcome = { ok: true } | { ok: false; problems: Record<string, FieldProblem> };

/** What was typed without what hides in it; an address alone, without the name beside it. */
function readAnswer(field: FormField, typed = ""): string {
  const read = field.type === "email" ? readEmailAddress(typed) : null;
  return read && "address" in read ? read.address : cleanLine(typed);
}

/** Checks one answer, cleaned before, against its field; null when it is fine. */
function checkAnswer(field: FormField, answer: string): FieldProblem | null {
  if (field.type === "accept") return answer === ACCEPTED ? null : "accept";
  if (answer === "") return field.required ? "required" : null;
  if (lengthOf(answer) > field.maxLength) return "too_long";
  const address = field.type === "email" ? readEmailAddress(answer) : null;
  if (address && "problem" in address) return address.problem;
  if (field.type === "choice" && !field.choices.some((choice) => choice.value === answer)) return "choice";
  if (field.type === "text" && field.format && !matchesFormat(field.format, answer))
    return `format_${field.format}`;
  return null;
}

/**
 * Takes the customer's answers to the partner's form. Valid answers approve all environments of the request.
 * Throws `gone` past the deadline and `conflict` when the request no longer waits.
 */
export async function answerPartnerForm(
  tx: RequestTransaction,
  viewer: Viewer,
  requestId: string,
  given: FormAnswers,
): Promise<FormOutcome> {
  const request = await lockRequest(tx, requestId);
  const fields = await getFormFields(tx, request.specificationId);
  const answers = Object.fromEntries(
    fields.map((field) => [field.name, readAnswer(field, given[field.name])]),
  );
  const problems = fields.flatMap((field) => {
    const problem = checkAnswer(field, answers[field.name] ?? "");
    return problem ? [[field.name, problem] as const] : [];
  });
  if (problems.length > 0) return { ok: false, problems: Object.fromEntries(problems) };

  const state = requestMachine.advance(request.state, "answer_form");
  const now = new Date();
  if (request.deadlineAt <= now) throw new AppError("gone", "the deadline has passed");
  await tx
    .update(activationRequests)
    .set({ state, formAnswers: answers, decidedAt: now, decidedBy: "form", updatedAt: now })
    .where(eq(activationRequests.id, requestId));
  await tx
    .update(activations)
    .set({ state: activationMachine.advance("awaiting_partner", "approve"), stateSince: now })
    .where(eq(activations.requestId, requestId));
  await enqueueEvent(tx, "activation/request.decided", { requestId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: request.partnerId,
    action: "request.answer_form",
    subject: { kind: "activation_request", id: requestId },
  });
  return { ok: true };
}

async function getFormFields(tx: RequestTransaction, specificationId: string): Promise<FormField[]> {
  const [row] = await tx
    .select({ content: specifications.content })
    .from(specifications)
    .where(eq(specifications.id, specificationId));
  const steps = row ? readMain(row.content).partnerSteps : null;
  if (steps?.kind !== "form") throw new AppError("conflict", "the specification has no form");
  return steps.fields;
}
