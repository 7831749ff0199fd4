import { z } from "zod";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import type { EntityId, LookUpResult, VendorRecord, WriteInput, WriteResult } from "@/lib/connectors/entity";
import { ConnectorError } from "@/lib/connectors/errors";
import { isRecord } from "@/lib/connectors/read-each";
import { readRefusal } from "@/lib/connectors/read-refusal";
import { beforeSending, noAnswer } from "@/lib/connectors/vendor-answer";
import type { SystemCredential } from "../credential";
import { findKeyPlace, type KeyPlace } from "../key-place";
import { applyChanges, makePatch } from "./changes";
import { withoutKept } from "./common";
import { findByKey, findKeyOf, type Keyed, saveForeignKey, searchArchive } from "./external-key";
import { openTenant, readDefault, readOwnAssociate, type Tenant } from "./tenant";
import type { CommonSettings, Resolution, Resolving, Row } from "./values";

/** What the vendor answers for a record: the whole entity. */
type Found = Readonly<Record<string, unknown>>;

export type RecordKind = Keyed & {
  entity: EntityId;
  /** Name of the id in the vendor's entity: `ContactId`. */
  idField: string;
  /** How people know the record at the vendor. */
  labelOf(record: Found): string | null;
  /** Columns of the archive with the texts by which a record is found whose key was never stored. */
  searchBy(row: Row): readonly (readonly [column: string, text: string])[];
  /** `there` is null for a new record. */
  resolve(resolving: Resolving & Parents, there: Found | null): Promise<Resolution>;
};

/** Finds the record of another entity by the sender's key of it. */
type Parents = {
  findParent(parent: Keyed & { entity: EntityId }, key: string): Promise<number | null>;
};

type Input = WriteInput<Row, CommonSettings>;

type Work = {
  kind: RecordKind;
  tenant: Tenant;
  clientId: string;
  place: KeyPlace;
  input: Input;
  key: string;
};

function openWork(
  kind: RecordKind,
  context: ConnectorContext,
  credential: HeldKey<SystemCredential>,
  input: Input,
): Work {
  return {
    kind,
    tenant: openTenant(context, credential),
    clientId: context.application.clientId,
    place: findKeyPlace(input.prepared, kind.entity),
    input,
    key: input.row[kind.keyField] ?? "",
  };
}

/** Creates the record, or changes what differs of it. The last writer wins; what changed meanwhile is read again, once. */
export async function writeRecord(
  kind: RecordKind,
  context: ConnectorContext,
  credential: HeldKey<SystemCredential>,
  input: Input,
): Promise<WriteResult> {
  const work = openWork(kind, context, credential, input);
  const { written } = input;
  try {
    const there = written && (await beforeSending(findRecord(work, Number(written.vendorId))));
    const resolution = await beforeSending(resolve(work, there ?? null, true));
    if (resolution.problems.length > 0) return { kind: "rejected", problems: resolution.problems };
    if (resolution.waitsFor) {
      const { entity, key } = resolution.waitsFor;
      return { kind: "waiting", cause: "parent_missing", parentKey: key, parentEntity: entity };
    }
    return there ? await update(context, work, there, resolution) : await create(work, resolution);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "rejected" || error.unsent) throw error;
    const words = error.answer.messages.join("\n");
    return readRefusal({}, [{ field: null, code: null, words }]);
  }
}

function resolve({ kind, tenant, input, ...work }: Work, there: Found | null, mayAdd: boolean) {
  const { settings, prepared, findWritten } = input;
  const row = there === null ? input.row : withoutKept(input.row, settings);
  const findParent: Parents["findParent"] = async (parent, key) => {
    const known = await findWritten(key, parent.entity);
    if (known) return Number(known.vendorId);
    const place = findKeyPlace(prepared, parent.entity);
    return tenant.once(`parent ${parent.entity} ${key}`, () =>
      findByKey(tenant, { clientId: work.clientId, place, keyed: parent, key }),
    );
  };
  return kind.resolve(
    { tenant, api: kind.api, row, settings, prepared, isNew: there === null, mayAdd, findParent },
    there,
  );
}

async function create(work: Work, { changes }: Resolution): Promise<WriteResult> {
  const { kind, tenant, place, key } = work;
  const byDefault = await beforeSending(readDefault(tenant, kind.api));
  const operation = `POST /v1/${kind.api}` as const;
  const body = applyChanges(byDefault, [...changes, ...keyChanges(place, key)]);
  const record = toRecord(
    kind,
    parseFound(work, operation, await tenant.send(operation, `/v1/${kind.api}`, body)),
  );
  if (place.kind === "foreign_app") {
    const isKept = await keepKey(work, Number(record.vendorId));
    if (!isKept) return { kind: "incomplete", wasCreated: true, missing: "foreign_key", ...record };
  }
  return { kind: "written", wasCreated: true, ...record };
}

const keyChanges = (place: KeyPlace, key: string) =>
  place.kind === "user_field" ? [{ path: ["CustomFields"] as const, value: { [place.progId]: key } }] : [];

/** false: the record is there, and its key is not, so that the row has to be written once more. */
async function keepKey({ tenant, kind, clientId, key }: Work, recordId: number): Promise<boolean> {
  try {
    await saveForeignKey(tenant, { clientId, keyed: kind, key, recordId });
    return true;
  } catch (error) {
    if (error instanceof ConnectorError) return false;
    throw error;
  }
}

async function update(
  context: ConnectorContext,
  work: Work,
  there: Found,
  resolution: Resolution,
): Promise<WriteResult> {
  const { kind, tenant, place, key } = work;
  const record = toRecord(kind, there);
  const id = Number(record.vendorId);
  if (place.kind === "foreign_app") {
    const holder = await beforeSending(findByKey(tenant, { ...work, keyed: kind }));
    if (holder !== id && !(await keepKey(work, id)))
      return { kind: "incomplete", wasCreated: false, missing: "foreign_key", ...record };
  }
  const patchOf = (found: Found, { changes }: Resolution) =>
    makePatch(found, [...changes, ...keyChanges(place, key)]);
  try {
    const saved = await patch(work, there, patchOf(there, resolution));
    return { kind: "written", wasCreated: false, ...toRecord(kind, saved) };
  } catch (error) {
    if (!isChangedMeanwhile(error)) throw error;
  }
  const newer = await beforeSending(findRecord(work, id));
  if (newer === null) throw takeBack(context);
  try {
    const saved = await patch(work, newer, patchOf(newer, await beforeSending(resolve(work, newer, true))));
    return { kind: "written", wasCreated: false, ...toRecord(kind, saved) };
  } catch (error) {
    if (isChangedMeanwhile(error)) throw takeBack(context);
    throw error;
  }
}

/** Refused before it had an effect: the row goes again, after the queue's pause. */
const takeBack = (context: ConnectorContext): ConnectorError =>
  new ConnectorError("unavailable", noAnswer("PATCH: changed meanwhile", context.now()), { unsent: true });

const isChangedMeanwhile = (error: unknown): boolean =>
  error instanceof ConnectorError && error.answer.status === 412;

/** The condition that the record was not changed since it was read. */
async function patch(work: Work, there: Found, operations: readonly object[]): Promise<Found> {
  if (operations.length === 0) return there;
  const { kind, tenant } = work;
  const operation = `PATCH /v1/${kind.api}/{id}` as const;
  const updated = Date.parse(toUtc(String(there.UpdatedDate ?? "")));
  const answer = await tenant.send(operation, `/v1/${kind.api}/${there[kind.idField]}`, operations, {
    "content-type": "application/json-patch+json",
    ...(!Number.isNaN(updated) && { "if-unmodified-since": new Date(updated).toUTCString() }),
  });
  return answer === null ? there : parseFound(work, operation, answer);
}

/** The vendor's times are UTC, and say so or not. */
const toUtc = (text: string): string => (/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);

/** What is under the key, or was made by us and left without it by a lost answer. */
export async function lookUpRecord(
  kind: RecordKind,
  context: ConnectorContext,
  credential: HeldKey<SystemCredential>,
  input: Input,
): Promise<LookUpResult | null> {
  const work = openWork(kind, context, credential, input);
  const { tenant, place } = work;
  const id = input.written
    ? Number(input.written.vendorId)
    : await findByKey(tenant, { ...work, keyed: kind });
  const found = id === null ? null : await findRecord(work, id);
  if (found) return { kind: "ours", isSame: await isSame(work, found), ...toRecord(kind, found) };
  if (input.written || place.kind === "user_field") return null;
  const orphan = await findOrphan(work);
  // Its key is still to be stored, so that the row is never done with.
  return orphan && { kind: "ours", isSame: false, ...toRecord(kind, orphan) };
}

async function isSame(work: Work, found: Found): Promise<boolean> {
  const { changes, problems, isWhole, waitsFor } = await resolve(work, found, false);
  const isWhollyKnown = problems.length === 0 && isWhole && !waitsFor;
  return isWhollyKnown && makePatch(found, [...changes, ...keyChanges(work.place, work.key)]).length === 0;
}

/** A record that our system user made, that says what the row says, and that has no key of ours. */
async function findOrphan(work: Work): Promise<Found | null> {
  const { kind, tenant, input, clientId } = work;
  const ids = await searchArchive(tenant, kind, kind.searchBy(input.row));
  if (ids.length === 0) return null;
  const own = await readOwnAssociate(tenant);
  for (const recordId of ids) {
    const found = await findRecord(work, recordId);
    if (!found || !isRecord(found.CreatedBy) || found.CreatedBy.AssociateId !== own) continue;
    // It is not known to be the row's: then everything has to agree, what people may change as well.
    if (!(await isSame(asWhole(work), found))) continue;
    if ((await findKeyOf(tenant, { clientId, keyed: kind, recordId })) === null) return found;
  }
  return null;
}

/** The same work with no field left to people. */
const asWhole = ({ input, ...work }: Work): Work => ({
  ...work,
  input: { ...input, settings: { ...input.settings, keptFields: undefined } },
});

/** null for one that is gone, also when the vendor keeps it as deleted. Read only. */
async function findRecord(work: Work, id: number): Promise<Found | null> {
  const { kind, tenant } = work;
  const operation = `GET /v1/${kind.api}/{id}`;
  try {
    const found = parseFound(work, operation, await tenant.read(operation, `/v1/${kind.api}/${id}`));
    return Number(found.Deleted ?? 0) === 0 ? found : null;
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "not_found") return null;
    throw error;
  }
}

/** An entity of the vendor, whatever else it holds. */
function parseFound({ tenant, kind }: Work, operation: string, answer: unknown): Found {
  return tenant.parse(operation, z.looseObject({ [kind.idField]: z.number().int().positive() }), answer);
}

function toRecord(kind: RecordKind, found: Found): VendorRecord {
  return { vendorId: String(found[kind.idField]), label: kind.labelOf(found) };
}
