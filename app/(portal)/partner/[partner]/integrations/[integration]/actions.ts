"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import type { ScopedTransaction } from "@/db/scope";
import type { PartnerMember } from "@/lib/partner/organization/schema";
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
