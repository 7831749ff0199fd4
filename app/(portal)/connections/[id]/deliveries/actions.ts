"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { findCauseKey } from "@/components/delivery/cause-key";
import type { ImportAnswer } from "@/components/delivery/import-form";
import type { FormState } from "@/components/ui/form-state";
import { checkRow } from "@/lib/connection/delivery/add-rows";
import { chooseSettings } from "@/lib/connection/delivery/choose-settings";
import { giveVerdict } from "@/lib/connection/delivery/give-verdict";
import { findInboxRow } from "@/lib/connection/delivery/queries";
import { readRowForm } from "@/lib/connection/delivery/row-form";
import { type ProblemWords, previewImport } from "@/lib/connection/import/preview-import";
import { listEntities, readChosen } from "@/lib/connection/import/queries";
import { readFile } from "@/lib/connection/import/read-file";
import { MOST_BYTES } from "@/lib/connection/import/rules";
import { startImport } from "@/lib/connection/import/start-import";
import { getConnectionDetails } from "@/lib/connection/lifecycle/queries";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { getViewer } from "@/lib/people/auth/viewer";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { asCustomer } from "../../../as-customer";
import { runAction } from "../../../run-action";

const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;
const listOf = (connectionId: string): string => `/connections/${connectionId}/deliveries`;

const emptyAsNull = z.string().transform((text) => (text === "" ? null : text));
const groupInput = z.object({
  connectionId: z.uuid(),
  verdict: z.enum(["retry", "accept", "dismiss"]),
  entity: z.string().min(1),
  state: z.enum(["rejected", "waiting", "unknown", "incomplete"]),
  cause: emptyAsNull,
  field: emptyAsNull,
  vendorCode: emptyAsNull,
});

/** What the customer says of a group of the inbox; the worker carries it out. */
export async function giveVerdictAction(_previous: FormState, data: FormData): Promise<FormState> {
  const wanted = groupInput.safeParse(Object.fromEntries(data));
  if (!wanted.success) return INVALID;
  const { connectionId, verdict, ...group } = wanted.data;
  const viewer = await getViewer(listOf(connectionId));
  const result = await runAction("delivery.verdict", viewer, () =>
    asCustomer(viewer, (tx) => giveVerdict(tx, viewer, { connectionId, group, verdict })),
  );
  if (!result.ok) return result.state;
  revalidatePath(listOf(connectionId));
  return { status: "ok" };
}

const rowInput = z.object({ connectionId: z.uuid(), rowId: z.uuid() });

/** What the customer says of one row. */
export async function giveRowVerdictAction(_previous: FormState, data: FormData): Promise<FormState> {
  const wanted = rowInput
    .extend({ verdict: z.enum(["retry", "dismiss"]) })
    .safeParse(Object.fromEntries(data));
  if (!wanted.success) return INVALID;
  const { connectionId } = wanted.data;
  const viewer = await getViewer(listOf(connectionId));
  const result = await runAction("delivery.verdict", viewer, () =>
    asCustomer(viewer, (tx) => giveVerdict(tx, viewer, wanted.data)),
  );
  if (!result.ok) return result.state;
  redirect(`${listOf(connectionId)}#inbox`);
}

/** Sends a row with corrected fields, encrypted to the worker, once they pass the entity's own checks. */
export async function fixRowAction(_previous: FormState, data: FormData): Promise<FormState> {
  const wanted = rowInput.safeParse(Object.fromEntries(data));
  if (!wanted.success) return INVALID;
  const { connectionId, rowId } = wanted.data;
  const viewer = await getViewer(listOf(connectionId));
  const locale = await getReaderLocale();
  const given = new Map(
    [...data.entries()].flatMap(([name, value]) =>
      name.startsWith("row.") && typeof value === "string"
        ? [[name.slice("row.".length), value] as const]
        : [],
    ),
  );
  const result = await runAction("delivery.verdict", viewer, () =>
    asCustomer(viewer, async (tx) => {
      const row = await findInboxRow(tx, connectionId, rowId);
      if (!row) throw new AppError("conflict", "the row is not in the inbox any more");
      const connection = await getConnectionDetails(tx, connectionId, locale);
      const entity = listEntities(connection).find(({ id }) => id === row.entity);
      if (!entity) throw new AppError("not_found", "entity of a connection");
      const fields = readRowForm(entity, given);
      const settings = await readChosen(tx, connectionId, entity);
      const { problems } = checkRow({ entity, settings }, fields);
      if (problems.length > 0) return problems;
      const content = JSON.stringify(fields);
      await giveVerdict(tx, viewer, { connectionId, rowId, verdict: "fix", content });
      return [];
    }),
  );
  if (!result.ok) return result.state;
  if (result.value.length > 0) {
    const fieldErrors = Object.fromEntries(
      result.value.map(({ field }) => [`row.${field ?? ""}`, "invalid"]),
    );
    return { ...INVALID, fieldErrors };
  }
  redirect(`${listOf(connectionId)}#inbox`);
}

/** Stores what the customer chose for an entity. */
export async function saveSettingsAction(_previous: FormState, data: FormData): Promise<FormState> {
  const ids = z
    .object({ connectionId: z.uuid(), entity: z.string().min(1) })
    .safeParse({ connectionId: data.get("connectionId"), entity: data.get("entity") });
  if (!ids.success) return INVALID;
  const { connectionId, entity } = ids.data;
  const settings = Object.fromEntries(
    [...data.entries()].flatMap(([name, value]) =>
      name.startsWith("settings.") && typeof value === "string"
        ? [[name.slice("settings.".length), value.trim()] as const]
        : [],
    ),
  );
  const viewer = await getViewer(listOf(connectionId));
  const result = await runAction("delivery.settings", viewer, () =>
    asCustomer(viewer, (tx) => chooseSettings(tx, viewer, { connectionId, entity, settings })),
  );
  if (!result.ok) return result.state;
  if (result.value.length > 0) {
    const fieldErrors = Object.fromEntries(result.value.map((name) => [`settings.${name}`, "invalid"]));
    return { ...INVALID, fieldErrors };
  }
  revalidatePath(listOf(connectionId));
  return { status: "ok" };
}

/** Reading a file takes a while of the process that serves everybody's pages. */
const takeFileLimit = (viewer: Viewer): Promise<void> =>
  asCustomer(viewer, (tx) =>
    takeRateLimit(tx, { name: "delivery.import", subject: viewer.accountId, max: 60, windowSeconds: 600 }),
  );

async function getProblemWords(connector: { id: string; name: string }): Promise<ProblemWords> {
  const t = await getTranslations();
  return ({ cause, field, isOfFile }) => {
    const say = (part: "title" | "fix"): string => {
      const key = findCauseKey(t.has, { connectorId: connector.id, cause, isOfFile }, part);
      return t.has(key) ? t(key, { connector: connector.name }) : cause;
    };
    return { error: `${field === null ? "" : `${field}: `}${say("title")}.`, fix: say("fix") };
  };
}

type Looked = { answer: Exclude<ImportAnswer, FormState> } | { importId: string };

/**
 * Looks at a file; with the fingerprint of one that was looked at, imports its good records. Everything is read anew: nothing
 * of the browser's is trusted but the file itself.
 */
export async function importAction(
  connectionId: string,
  entityId: string,
  _previous: ImportAnswer,
  data: FormData,
): Promise<ImportAnswer> {
  const file = data.get("file");
  const fingerprint = data.get("fingerprint");
  if (!z.uuid().safeParse(connectionId).success || typeof entityId !== "string") return INVALID;
  if (!(file instanceof File) || file.size === 0) return { status: "error", code: "no_file" };
  const viewer = await getViewer(listOf(connectionId));
  const locale = await getReaderLocale();
  const result = await runAction("delivery.import", viewer, async (): Promise<Looked> => {
    await takeFileLimit(viewer);
    const target = await asCustomer(viewer, async (tx) => {
      const connection = await getConnectionDetails(tx, connectionId, locale);
      const entity = listEntities(connection).find(({ id }) => id === entityId);
      if (!entity) throw new AppError("not_found", "entity of a connection");
      return { connection, entity, settings: await readChosen(tx, connectionId, entity) };
    });
    if (file.size > MOST_BYTES) return { answer: { status: "problems", problems: [{ code: "too_large" }] } };
    const read = await readFile(new Uint8Array(await file.arrayBuffer()), target);
    if ("problems" in read) return { answer: { status: "problems", problems: read.problems } };
    if (read.fingerprint === fingerprint) {
      const records = read.records.filter(({ problems }) => problems.length === 0);
      if (records.length === 0) throw new AppError("conflict", "no record can be imported");
      return {
        importId: await asCustomer(viewer, (tx) =>
          startImport(tx, viewer, { connectionId, entity: entityId, fileName: file.name, records }),
        ),
      };
    }
    const { connectorId: id, connectorName: name } = target.connection;
    const words = await getProblemWords({ id, name });
    const preview = previewImport(read, { entity: entityId, fileName: file.name }, words);
    return { answer: { status: "preview", preview } };
  });
  if (!result.ok) return result.state;
  if ("answer" in result.value) return result.value.answer;
  redirect(listOf(connectionId));
}
