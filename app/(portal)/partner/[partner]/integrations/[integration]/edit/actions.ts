"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { SaveAnswer } from "@/components/partner/editor/draft-saver";
import type { FormState } from "@/components/ui/form-state";
import type { DraftContent } from "@/lib/catalogue/draft/schema";
import { findPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readDraftFile } from "@/lib/partner/specification/draft-file";
import { getOwnIntegration } from "@/lib/partner/specification/find-integration";
import { saveDraft } from "@/lib/partner/specification/save-draft";
import { type DraftState, draftSave, submissionNote } from "@/lib/partner/specification/schema";
import { submitSpecification } from "@/lib/partner/specification/submit-specification";
import { findViewer } from "@/lib/people/auth/viewer";
import { readAsPartner } from "../../../../../as-partner";
import { getActingMember, INVALID, runAsMember } from "../../../acting-member";

type Answer = SaveAnswer<DraftContent, DraftState>;
const refused = (code: string): Answer => ({ kind: "refused", code });

/**
 * Saves what is in the page. Who is signed out is told so instead of being led away: the page holds what is not saved yet.
 * What went wrong on our side is thrown, and the page tries again.
 */
export async function saveDraftAction(partner: string, slug: string, save: unknown): Promise<Answer> {
  if (!(await findViewer())) return refused("unauthenticated");
  if (!(await findPartnerMember(String(partner)))) return refused("not_found");
  const member = await getActingMember(partner, "specification.edit_draft");
  const input = draftSave.safeParse(save);
  if (!input.success) return refused("invalid_input");
  const result = await runAsMember(member, "specification.edit_draft", async (tx) =>
    saveDraft(tx, member, await getOwnIntegration(tx, member, String(slug)), input.data),
  );
  if (!result.ok) {
    const code = result.state.status === "error" ? result.state.code : "unexpected";
    if (code === "forbidden" || code === "not_found") return refused(code);
    throw new Error(`not saved: ${code}`);
  }
  const { value } = result;
  if (value.kind === "conflict") return value;
  const { kind: _, ...found } = value;
  return { kind: "saved", revision: value.revision, found };
}

export async function submitAction(
  partner: string,
  slug: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const member = await getActingMember(partner, "specification.submit");
  const revision = z.coerce.number().int().positive().safeParse(data.get("revision"));
  if (!revision.success) return INVALID;
  const note = submissionNote.safeParse(data.get("note") ?? "");
  if (!note.success) return { ...INVALID, fieldErrors: { note: "too_long" } };
  const result = await runAsMember(member, "specification.submit", async (tx) =>
    submitSpecification(tx, member, await getOwnIntegration(tx, member, String(slug)), {
      revision: revision.data,
      note: note.data,
    }),
  );
  if (!result.ok) return result.state;
  const here = `/partner/${member.slug}/integrations/${encodeURIComponent(slug)}`;
  revalidatePath(`/partner/${member.slug}/integrations`, "layout");
  redirect(here);
}

/** Larger than five languages of everything that a specification may hold. */
const LARGEST_FILE = 900_000;

/** Reads a file of `integration:import` for the page, which saves it as if it had been typed. */
export async function readFileAction(partner: string, slug: string, data: FormData) {
  const member = await getActingMember(partner, "specification.edit_draft");
  const file = data.get("file");
  if (!(file instanceof File) || file.size === 0 || file.size > LARGEST_FILE)
    return {
      kind: "faulty" as const,
      faults: [{ line: null, path: "", message: "Choose a JSON file of at most 900 kB." }],
    };
  const { connector } = await readAsPartner(member, (tx) => getOwnIntegration(tx, member, String(slug)));
  return readDraftFile(await file.text(), connector);
}
