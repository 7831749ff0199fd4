import type { PreparationResult, PreparationTools, RemovalResult } from "@/lib/connectors/preparation";
import { type FieldPath, listFieldNames } from "./entities";
import {
  addKeyField,
  canHoldKeys,
  hasForeignChanges,
  hasFreeSlot,
  isPublished,
  type Layout,
  listDraftFields,
  publish,
  rebuild,
  removeField,
} from "./layout";
import { fieldThing } from "./things";

/** What a step says when keys go to the table of foreign keys. */
export const FOREIGN_APP = "foreign_app" as const;

const WORDS = {
  label: "Key in the connected system",
  tooltip:
    "Made by Kytkin. It ties this record to the one it comes from; it is filled in by the integration.",
};

/**
 * The field for the keys of an entity: one that is there is kept, one of another integration is left to it, and where no
 * indexed column is free the keys go to the table of foreign keys.
 */
export async function makeKeyField(
  layout: Layout,
  path: FieldPath,
  prefix: string,
  tools: PreparationTools,
): Promise<PreparationResult> {
  const fields = await listDraftFields(layout);
  for (const name of listFieldNames(path)) {
    const progId = `${prefix}${name}`;
    const existing = fields.find(({ ProgId }) => ProgId === progId);
    if (existing && !canHoldKeys(existing)) continue;
    const thing = fieldThing(path, progId);
    const use = await tools.use(thing, "alone");
    if (!use) continue;
    if (existing) return { kind: use.isOurs ? "done" : "kept", value: progId };
    const refused = await makeField(layout, { progId, thing, fields, tools });
    if (refused) await tools.release(thing);
    return refused ?? { kind: "done", value: progId };
  }
  return { kind: "done", value: FOREIGN_APP, because: "no_slot_free" };
}

type NewField = {
  progId: string;
  thing: string;
  fields: Awaited<ReturnType<typeof listDraftFields>>;
  tools: PreparationTools;
};

async function makeField(
  layout: Layout,
  { progId, thing, fields, tools }: NewField,
): Promise<PreparationResult | null> {
  if (!hasFreeSlot(fields)) return { kind: "done", value: FOREIGN_APP, because: "no_slot_free" };
  if (await hasForeignChanges(layout, progId)) return { kind: "cannot", because: "layout_unpublished" };
  await tools.beginMaking(thing, progId);
  const saved = await addKeyField(layout, progId, WORDS);
  if (saved && canHoldKeys(saved)) return null;
  // Saved without an index: the column that we counted as free is not.
  await removeField(layout, progId);
  return { kind: "done", value: FOREIGN_APP, because: "no_slot_free" };
}

/** Publishes the layout with the field in it, so that rows can be written. */
export async function publishKeyField(
  layout: Layout,
  path: FieldPath,
  progId: string | undefined,
  tools: PreparationTools,
): Promise<PreparationResult> {
  if (progId === undefined) return { kind: "waiting" };
  if (progId === FOREIGN_APP) return { kind: "kept", because: "nothing_to_publish" };
  const use = await tools.use(fieldThing(path, progId), "alone");
  if (await isPublished(layout, progId)) {
    // After a crash between publishing and building: it may be asked for twice.
    if (use?.isOurs) await rebuild(layout);
    return { kind: use?.isOurs ? "done" : "kept" };
  }
  // A field that an administrator has not published yet counts as a change of theirs that is under way.
  if (!use?.isOurs || (await hasForeignChanges(layout, progId)))
    return { kind: "cannot", because: "layout_unpublished" };
  await publish(layout);
  return (await isPublished(layout, progId))
    ? { kind: "done" }
    : { kind: "cannot", because: "publish_failed" };
}

/** Takes a field that we made out of the layout. */
export async function removeKeyField(layout: Layout, progId: string): Promise<RemovalResult> {
  const fields = await listDraftFields(layout);
  const isInDraft = fields.some(({ ProgId }) => ProgId === progId);
  if (!isInDraft && !(await isPublished(layout, progId))) return "removed";
  if (await hasForeignChanges(layout, progId)) return { because: "layout_unpublished" };
  if (isInDraft) await removeField(layout, progId);
  await publish(layout);
  return "removed";
}
