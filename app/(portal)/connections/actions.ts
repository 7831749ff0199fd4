"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { askForExport } from "@/lib/connection/export/ask-for-export";
import { askForCheck } from "@/lib/connection/lifecycle/ask-for-check";
import { askForChecks } from "@/lib/connection/lifecycle/ask-for-checks";
import { askForProbe } from "@/lib/connection/offboarding/ask-for-probe";
import { deactivateConnections } from "@/lib/connection/offboarding/deactivate-connections";
import { customerDeactivation, MAX_ENDED_AT_ONCE } from "@/lib/connection/offboarding/schema";
import { askForPreparation, chooseForPreparation } from "@/lib/connection/preparation/ask-for-preparation";
import type { Viewer } from "@/lib/people/account/schema";
import { getViewer } from "@/lib/people/auth/viewer";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { asCustomer } from "../as-customer";
import { runAction } from "../run-action";

const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;
const connectionIdOf = (data: FormData) => z.uuid().safeParse(data.get("connectionId"));

/** Each one is a call to the vendor, under a limit that the partner's customers share, or long work of the worker. */
const takeCallLimit = (viewer: Viewer, name: string, connectionId: string): Promise<void> =>
  asCustomer(viewer, (tx) =>
    takeRateLimit(tx, { name, subject: `${viewer.accountId}:${connectionId}`, max: 5, windowSeconds: 600 }),
  );

/** Has a connection checked at the vendor; the page follows its row. */
export async function checkConnectionAction(_previous: FormState, data: FormData): Promise<FormState> {
  const connectionId = connectionIdOf(data);
  if (!connectionId.success) return INVALID;
  const viewer = await getViewer(`/connections/${connectionId.data}`);
  const result = await runAction("connection.check", viewer, async () => {
    await takeCallLimit(viewer, "connection.check", connectionId.data);
    await asCustomer(viewer, (tx) => askForCheck(tx, viewer, connectionId.data));
  });
  if (!result.ok) return result.state;
  revalidatePath(`/connections/${connectionId.data}`);
  return { status: "ok" };
}

/** Has several connections checked; each is a call to the vendor, so there is a limit on how often. */
export async function checkConnectionsAction(_previous: FormState, data: FormData): Promise<FormState> {
  const wanted = z.array(z.uuid()).min(1).max(MAX_ENDED_AT_ONCE).safeParse(data.getAll("connectionIds"));
  if (!wanted.success) return INVALID;
  const viewer = await getViewer("/home");
  const limit = { name: "connection.check.several", subject: viewer.accountId, max: 10, windowSeconds: 600 };
  const result = await runAction("connection.check", viewer, async () => {
    await asCustomer(viewer, (tx) => takeRateLimit(tx, limit));
    await asCustomer(viewer, (tx) => askForChecks(tx, viewer, wanted.data));
  });
  if (!result.ok) return result.state;
  revalidatePath("/home");
  return { status: "ok" };
}

/** Ends one connection, or several at once. */
export async function deactivateConnectionsAction(_previous: FormState, data: FormData): Promise<FormState> {
  const wanted = customerDeactivation.safeParse({
    connectionIds: data.getAll("connectionIds"),
    reason: data.get("reason") ?? "",
    removesPrepared: data.get("removesPrepared") ?? undefined,
  });
  if (!wanted.success) return INVALID;
  const [first] = wanted.data.connectionIds;
  const viewer = await getViewer(`/connections/${first}`);
  const result = await runAction("connection.deactivate", viewer, () =>
    asCustomer(viewer, (tx) => deactivateConnections(tx, viewer, wanted.data)),
  );
  if (!result.ok) return result.state;
  revalidatePath("/home");
  revalidatePath("/connections/deactivate");
  revalidatePath(`/connections/${first}`);
  return { status: "ok" };
}

/** Has an export made; the page follows its progress. */
export async function makeExportAction(_previous: FormState, data: FormData): Promise<FormState> {
  const connectionId = connectionIdOf(data);
  if (!connectionId.success) return INVALID;
  const viewer = await getViewer(`/connections/${connectionId.data}`);
  const result = await runAction("connection.export", viewer, async () => {
    await takeCallLimit(viewer, "connection.export", connectionId.data);
    await asCustomer(viewer, (tx) => askForExport(tx, viewer, connectionId.data));
  });
  if (!result.ok) return result.state;
  revalidatePath(`/connections/${connectionId.data}`);
  return { status: "ok" };
}

/** The customer has revoked the old key and wants it tried. */
export async function probeKeyAction(_previous: FormState, data: FormData): Promise<FormState> {
  const connectionId = connectionIdOf(data);
  if (!connectionId.success) return INVALID;
  const viewer = await getViewer(`/connections/${connectionId.data}`);
  const result = await runAction("connection.probe", viewer, async () => {
    await takeCallLimit(viewer, "connection.probe", connectionId.data);
    await asCustomer(viewer, (tx) => askForProbe(tx, viewer, connectionId.data));
  });
  if (!result.ok) return result.state;
  revalidatePath(`/connections/${connectionId.data}`);
  return { status: "ok" };
}

/** Has the vendor system made ready again; the page follows its steps. */
export async function prepareConnectionAction(_previous: FormState, data: FormData): Promise<FormState> {
  const connectionId = connectionIdOf(data);
  if (!connectionId.success) return INVALID;
  const viewer = await getViewer(`/connections/${connectionId.data}`);
  const result = await runAction("connection.prepare", viewer, async () => {
    await takeCallLimit(viewer, "connection.prepare", connectionId.data);
    await asCustomer(viewer, (tx) => askForPreparation(tx, viewer, connectionId.data));
  });
  if (!result.ok) return result.state;
  revalidatePath(`/connections/${connectionId.data}`);
  return { status: "ok" };
}

/** What the customer chose for the preparation; it is done anew with it. */
export async function choosePreparationAction(_previous: FormState, data: FormData): Promise<FormState> {
  const connectionId = connectionIdOf(data);
  if (!connectionId.success) return INVALID;
  const viewer = await getViewer(`/connections/${connectionId.data}`);
  const choices = Object.fromEntries(
    [...data].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  const result = await runAction("connection.choose_preparation", viewer, async () => {
    await takeCallLimit(viewer, "connection.prepare", connectionId.data);
    return asCustomer(viewer, (tx) =>
      chooseForPreparation(tx, viewer, { connectionId: connectionId.data, choices }),
    );
  });
  if (!result.ok) return result.state;
  if (result.value.length > 0)
    return { ...INVALID, fieldErrors: Object.fromEntries(result.value.map((name) => [name, "invalid"])) };
  revalidatePath(`/connections/${connectionId.data}`);
  return { status: "ok" };
}
