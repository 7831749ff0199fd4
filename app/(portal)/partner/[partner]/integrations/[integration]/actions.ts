"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import type { ScopedTransaction } from "@/db/scope";
import { cleanLine, cleanLines } from "@/lib/core/outside-text";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import {
  announceRetirement,
  readRetirementDay,
  withdrawRetirement,
} from "@/lib/partner/retirement/retirement";
import { retirementInput } from "@/lib/partner/retirement/schema";
import { beginDraft } from "@/lib/partner/specification/begin-draft";
import { getOwnIntegration, type OwnIntegration } from "@/lib/partner/specification/find-integration";
import { readPublicationTime } from "@/lib/partner/specification/publication-time";
import { publishApproved } from "@/lib/partner/specification/publish-approved";
import { schedulePublication } from "@/lib/partner/specification/schedule-publication";
import { withdrawSubmission } from "@/lib/partner/specification/submit-specification";
import type { AuditAction } from "@/lib/platform/audit/actions";
import { getActingMember, INVALID, runAsMember } from "../../acting-member";

type Partner = ScopedTransaction<"partner">;

/** Runs a member's work on one of the partner's integrations. */
async function runOnIntegration(
  member: PartnerMember,
  slug: string,
  action: AuditAction,
  work: (tx: Partner, integration: OwnIntegration) => Promise<void>,
): Promise<FormState> {
  const result = await runAsMember(member, action, async (tx) =>
    work(tx, await getOwnIntegration(tx, member, String(slug))),
  );
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/integrations`, "layout");
  return { status: "ok" };
}

export async function beginDraftAction(
  partner: string,
  slug: string,
  _previous: FormState,
  _data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "specification.begin_draft");
  const state = await runOnIntegration(member, slug, "specification.begin_draft", (tx, integration) =>
    beginDraft(tx, member, integration),
  );
  if (state.status !== "ok") return state;
  redirect(`/partner/${member.slug}/integrations/${encodeURIComponent(slug)}/edit`);
}

/** The version that a form names, if it is one. */
const versionOf = (data: FormData) => z.uuid().safeParse(data.get("specificationId"));

export async function publishAction(
  partner: string,
  slug: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "specification.publish");
  const version = versionOf(data);
  if (!version.success) return INVALID;
  return runOnIntegration(member, slug, "specification.publish", (tx) =>
    publishApproved(tx, member, version.data),
  );
}

/** Gets `specificationId`, `at` and `zone`. */
export async function scheduleAction(
  partner: string,
  slug: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "specification.schedule");
  const read = readPublicationTime(
    { specificationId: data.get("specificationId"), at: data.get("at"), zone: data.get("zone") },
    new Date(),
  );
  if ("error" in read) return { ...INVALID, fieldErrors: { at: read.error } };
  return runOnIntegration(member, slug, "specification.schedule", (tx) =>
    schedulePublication(tx, member, read.specificationId, read.at),
  );
}

/** Takes the time back: the version stays approved. */
export async function unscheduleAction(
  partner: string,
  slug: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "specification.schedule");
  const version = versionOf(data);
  if (!version.success) return INVALID;
  return runOnIntegration(member, slug, "specification.schedule", (tx) =>
    schedulePublication(tx, member, version.data, null),
  );
}

export async function withdrawAction(
  partner: string,
  slug: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "specification.withdraw");
  const version = versionOf(data);
  if (!version.success) return INVALID;
  return runOnIntegration(member, slug, "specification.withdraw", (tx) =>
    withdrawSubmission(tx, member, version.data),
  );
}

/** Announces the end of an integration, once the part of its address was typed. */
export async function retireAction(
  partner: string,
  slug: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "integration.retire");
  const parsed = retirementInput.safeParse(Object.fromEntries(data));
  const fieldErrors: Record<string, string> = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = String(issue.path[0]);
    const isEmpty = cleanLines(String(data.get(field) ?? "")) === "";
    fieldErrors[field] ??= isEmpty ? "required" : (FIELD_ERRORS[field] ?? "too_long");
  }
  if (cleanLine(String(data.get("typed") ?? "")) !== slug) fieldErrors.typed = "retyped";
  if (!parsed.success) return { ...INVALID, fieldErrors };
  const { day, zone, note, replacementName: name, replacementUrl: url } = parsed.data;
  if (name && !url) fieldErrors.replacementUrl = "required";
  if (url && !name) fieldErrors.replacementName = "required";
  const endsAt = readRetirementDay(day, zone, new Date());
  if (!(endsAt instanceof Date)) {
    fieldErrors.day = endsAt === "too_soon" ? "a_month_ahead" : "two_years_ahead";
    return { ...INVALID, fieldErrors };
  }
  if (Object.keys(fieldErrors).length > 0) return { ...INVALID, fieldErrors };
  const state = await runOnIntegration(member, slug, "integration.retire", (tx, integration) =>
    announceRetirement(tx, member, integration.id, {
      endsOn: day,
      endsAt,
      note,
      replacement: name && url ? { name, url } : null,
    }),
  );
  if (state.status !== "ok") return state;
  redirect(`/partner/${member.slug}/integrations/${encodeURIComponent(slug)}`);
}

const FIELD_ERRORS: Readonly<Record<string, string>> = { day: "required", replacementUrl: "web_address" };

/** Takes an announced end back. */
export async function keepAction(
  partner: string,
  slug: string,
  _previous: FormState,
  _data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "integration.keep");
  return runOnIntegration(member, slug, "integration.keep", (tx, integration) =>
    withdrawRetirement(tx, member, integration.id),
  );
}
