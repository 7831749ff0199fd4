"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { SecretAnswer } from "@/components/partner/webhooks/secret-form";
import type { FormState } from "@/components/ui/form-state";
import type { ScopedTransaction } from "@/db/scope";
import { cleanLine } from "@/lib/core/outside-text";
import { actAsMember } from "@/lib/partner/organization/act-as-member";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  endFormerSecret,
  rotateWebhookSecret,
  updateWebhookEndpoint,
} from "@/lib/partner/webhook/manage-endpoint";
import { getEndpointStage } from "@/lib/partner/webhook/queries";
import { replayDelivery, replayRange, sendTestEvent } from "@/lib/partner/webhook/replay";
import { endpointInput, replayInput } from "@/lib/partner/webhook/schema";
import type { AuditAction } from "@/lib/platform/audit/actions";
import type { PartnerActor } from "@/lib/platform/audit/partner-actor";
import { getWebEnv } from "@/lib/platform/env";
import { getActingMember, INVALID, runAsMember } from "../acting-member";

type Partner = ScopedTransaction<"partner">;

const outgoing = () => ({ allowLoopback: getWebEnv().KYTKIN_OUTGOING_LOOPBACK });
const pathOf = (member: PartnerMember, id?: string): string =>
  `/partner/${member.slug}/webhooks${id === undefined ? "" : `/${id}`}`;
const isId = (value: unknown): boolean => z.uuid().safeParse(value).success;

/** Runs a change of one endpoint as the member, for the endpoint's own stage. */
async function onEndpoint<T>(
  partner: string,
  id: string,
  action: AuditAction,
  work: (tx: Partner, actor: PartnerActor) => Promise<T>,
) {
  const member = await getActingMember(partner, action);
  const result = await runAsMember(member, action, async (tx) =>
    work(tx, actAsMember(member, await getEndpointStage(tx, z.uuid().parse(id)), "webhooks.manage")),
  );
  if (result.ok) revalidatePath(pathOf(member), "layout");
  return { member, result };
}

function readEndpoint(data: FormData) {
  const typed = {
    url: String(data.get("url") ?? ""),
    description: String(data.get("description") ?? ""),
    which: data.get("which"),
    eventTypes: data.getAll("eventTypes"),
  };
  const input = endpointInput.safeParse(typed);
  if (input.success) return { input: input.data };
  const isWrong = (field: string) => input.error.issues.some(({ path }) => path[0] === field);
  return {
    state: {
      ...INVALID,
      fieldErrors: {
        ...(isWrong("url") && { url: cleanLine(typed.url) === "" ? "required" : "web_address" }),
        ...(isWrong("description") && { description: "too_long" }),
        ...(isWrong("eventTypes") && { eventTypes: "required" }),
      },
    } satisfies FormState,
  };
}

/** An address that is never called is the field's trouble, whatever is wrong with it. */
const URL_REFUSED: FormState = { ...INVALID, fieldErrors: { url: "public_address" } };

export async function createEndpointAction(
  partner: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState | SecretAnswer> {
  const action = "webhook_endpoint.create";
  const member = await getActingMember(partner, action);
  const stage = z.enum(["test", "production"]).safeParse(data.get("stage"));
  const read = readEndpoint(data);
  if (!stage.success) return INVALID;
  if ("state" in read) return read.state ?? INVALID;
  const result = await runAsMember(member, action, (tx) =>
    createWebhookEndpoint(tx, actAsMember(member, stage.data, "webhooks.manage"), read.input, outgoing()),
  );
  if (!result.ok)
    return result.state.status === "error" && result.state.code === "invalid_input"
      ? URL_REFUSED
      : result.state;
  return { status: "ok", secret: result.value.secret, href: pathOf(member, result.value.id) };
}

export async function updateEndpointAction(
  partner: string,
  id: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  if (!isId(id)) return INVALID;
  const read = readEndpoint(data);
  if ("state" in read) return read.state ?? INVALID;
  const { member, result } = await onEndpoint(partner, id, "webhook_endpoint.update", (tx, actor) =>
    updateWebhookEndpoint(tx, actor, id, read.input, outgoing()),
  );
  if (!result.ok)
    return result.state.status === "error" && result.state.code === "invalid_input"
      ? URL_REFUSED
      : result.state;
  redirect(pathOf(member, id));
}

export async function setEndpointStateAction(
  partner: string,
  id: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  const state = z.enum(["active", "paused"]).safeParse(data.get("state"));
  if (!state.success || !isId(id)) return INVALID;
  const { result } = await onEndpoint(partner, id, "webhook_endpoint.update", (tx, actor) =>
    updateWebhookEndpoint(tx, actor, id, { state: state.data }, outgoing()),
  );
  return result.ok ? { status: "ok" } : result.state;
}

/** Answers with the new secret: the one time that it is shown. */
export async function rotateSecretAction(partner: string, id: string): Promise<FormState | SecretAnswer> {
  if (!isId(id)) return INVALID;
  const { result } = await onEndpoint(partner, id, "webhook_endpoint.rotate_secret", (tx, actor) =>
    rotateWebhookSecret(tx, actor, id),
  );
  return result.ok ? { status: "ok", secret: result.value, href: null } : result.state;
}

export async function endFormerSecretAction(partner: string, id: string): Promise<FormState> {
  if (!isId(id)) return INVALID;
  const { result } = await onEndpoint(partner, id, "webhook_endpoint.end_former_secret", (tx, actor) =>
    endFormerSecret(tx, actor, id),
  );
  return result.ok ? { status: "ok" } : result.state;
}

export async function sendTestAction(partner: string, id: string): Promise<FormState> {
  if (!isId(id)) return INVALID;
  const { result } = await onEndpoint(partner, id, "webhook_endpoint.replay", (tx, actor) =>
    sendTestEvent(tx, actor, id),
  );
  return result.ok ? { status: "ok" } : result.state;
}

export async function replayDeliveryAction(
  partner: string,
  id: string,
  deliveryId: string,
): Promise<FormState> {
  if (!isId(id) || !isId(deliveryId)) return INVALID;
  const { result } = await onEndpoint(partner, id, "webhook_endpoint.replay", (tx, actor) =>
    replayDelivery(tx, actor, deliveryId),
  );
  return result.ok ? { status: "ok" } : result.state;
}

export async function replayRangeAction(
  partner: string,
  id: string,
  _previous: FormState,
  data: FormData,
): Promise<FormState> {
  if (!isId(id)) return INVALID;
  const { range } = replayInput.parse({
    what: data.get("what"),
    from: data.get("from") || undefined,
    to: data.get("to") || undefined,
  });
  const { member, result } = await onEndpoint(partner, id, "webhook_endpoint.replay", (tx, actor) =>
    replayRange(tx, actor, id, range),
  );
  if (!result.ok) return result.state;
  redirect(`${pathOf(member, id)}#log`);
}

export async function deleteEndpointAction(partner: string, id: string): Promise<FormState> {
  if (!isId(id)) return INVALID;
  const { member, result } = await onEndpoint(partner, id, "webhook_endpoint.delete", (tx, actor) =>
    deleteWebhookEndpoint(tx, actor, id),
  );
  if (!result.ok) return result.state;
  redirect(pathOf(member));
}
