"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import type { ScopedTransaction } from "@/db/scope";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import {
  changeApplication,
  createApplication,
  deleteApplication,
  discardChange,
  tryAgain,
} from "@/lib/partner/application/manage-application";
import { getApplicationConnector, listSecretNames } from "@/lib/partner/application/queries";
import { readApplicationForm } from "@/lib/partner/application/read-form";
import { APPLICATION_LIMITS } from "@/lib/partner/application/rules";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import type { AuditAction } from "@/lib/platform/audit/actions";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { asPartner, readAsPartner } from "../../../as-partner";
import { getActingMember, INVALID, runForMember } from "../acting-member";

type Partner = ScopedTransaction<"partner">;

/** Counts the try in a transaction of its own, so that a refusal does not give it back. */
const run = <T>(
  member: PartnerMember,
  action: AuditAction,
  limit: keyof typeof APPLICATION_LIMITS,
  work: (tx: Partner) => Promise<T>,
) =>
  runForMember(member, action, async () => {
    await asPartner(member, (tx) =>
      takeRateLimit(tx, { ...APPLICATION_LIMITS[limit], subject: member.partnerId }),
    );
    return asPartner(member, work);
  });

const choice = z.object({ connector: z.enum(CONNECTOR_IDS), stage: z.enum(["test", "production"]) });
const TAKEN: FormState = { ...INVALID, fieldErrors: { clientId: "client_taken" } };

export async function createApplicationAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const action = "vendor_application.create";
  const member = await getActingMember(partner, action);
  const chosen = choice.safeParse({ connector: data.get("connector"), stage: data.get("stage") });
  if (!chosen.success) return INVALID;
  const read = readApplicationForm(getConnector(chosen.data.connector).manifest, data, []);
  if ("fieldErrors" in read) return { ...INVALID, fieldErrors: read.fieldErrors };
  const result = await run(member, action, "create", (tx) =>
    createApplication(tx, member, { ...chosen.data, input: read.input }),
  );
  if (!result.ok) return result.state;
  if (result.value === null) return TAKEN;
  redirect(`/partner/${member.slug}/applications/${result.value}`);
}

export async function changeApplicationAction(
  partner: string,
  id: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const action = "vendor_application.change";
  const member = await getActingMember(partner, action);
  if (!z.uuid().safeParse(id).success) return INVALID;
  const { connector, present } = await readAsPartner(member, async (tx) => ({
    connector: await getApplicationConnector(tx, id),
    present: await listSecretNames(tx, id),
  }));
  const read = readApplicationForm(connector.manifest, data, present);
  if ("fieldErrors" in read) return { ...INVALID, fieldErrors: read.fieldErrors };
  const result = await run(member, action, "trial", (tx) => changeApplication(tx, member, id, read.input));
  if (!result.ok) return result.state;
  redirect(`/partner/${member.slug}/applications/${id}`);
}

export async function tryApplicationAction(
  partner: string,
  id: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const action = "vendor_application.try";
  const member = await getActingMember(partner, action);
  const what = z.enum(["live", "change"]).safeParse(data.get("what"));
  if (!what.success || !z.uuid().safeParse(id).success) return INVALID;
  const result = await run(member, action, "trial", (tx) => tryAgain(tx, member, id, what.data));
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/applications`, "layout");
  return { status: "ok" };
}

export async function discardChangeAction(partner: string, id: string): Promise<FormState> {
  const action = "vendor_application.discard";
  const member = await getActingMember(partner, action);
  if (!z.uuid().safeParse(id).success) return INVALID;
  const result = await runForMember(member, action, () =>
    asPartner(member, (tx) => discardChange(tx, member, id)),
  );
  if (!result.ok) return result.state;
  revalidatePath(`/partner/${member.slug}/applications`, "layout");
  return { status: "ok" };
}

export async function deleteApplicationAction(partner: string, id: string): Promise<FormState> {
  const action = "vendor_application.delete";
  const member = await getActingMember(partner, action);
  if (!z.uuid().safeParse(id).success) return INVALID;
  const result = await runForMember(member, action, () =>
    asPartner(member, (tx) => deleteApplication(tx, member, id)),
  );
  if (!result.ok) return result.state;
  redirect(`/partner/${member.slug}/applications`);
}
