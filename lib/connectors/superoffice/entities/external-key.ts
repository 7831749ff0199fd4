import { z } from "zod";
import { ConnectorError } from "@/lib/connectors/errors";
import { readEach } from "@/lib/connectors/read-each";
import type { KeyPlace } from "../key-place";
import type { Tenant } from "./tenant";

/** How an entity's records are found by the sender's keys. */
export type Keyed = {
  /** Of the vendor's web API: `Contact`. */
  api: string;
  /** Of its tables of foreign keys: `contact`. */
  table: string;
  /** Of its archives: the provider, the column of the id, and what stands before a more-page field. */
  archive: { provider: string; id: string; udef: string };
  /** Name of the key in files. */
  keyField: string;
};

/** Our keys among those of other applications. Frozen: what is stored under other names is not found again. */
const DEVICE = "Kytkin";
const DEVICE_IDENTIFIER = "records";

const foreignKey = z.object({ RecordId: z.number().int().nullish(), Value: z.string().nullish() }).nullish();

const appPath = (clientId: string): string => `/v1/ForeignApp/${encodeURIComponent(clientId)}/${DEVICE}`;

/** The id of the record that has this key; null when none has. Read only. */
export async function findByKey(
  tenant: Tenant,
  { clientId, place, keyed, key }: { clientId: string; place: KeyPlace; keyed: Keyed; key: string },
): Promise<number | null> {
  if (place.kind === "user_field") {
    const found = await searchArchive(tenant, keyed, [[`${keyed.archive.udef}/${place.progId}`, key]]);
    return found[0] ?? null;
  }
  const operation = "GET /v1/ForeignApp/{applicationName}/{deviceName}/Key/{keyName}/{tableName}";
  const query = new URLSearchParams({ keyValue: key });
  const path = `${appPath(clientId)}/Key/${keyed.keyField}/${keyed.table}?${query}`;
  const found = tenant.parse(operation, foreignKey, await orNull(tenant.read(operation, path)));
  return found?.RecordId || null;
}

/** The key under which this record stands in the table of foreign keys; null when it has none. Read only. */
export async function findKeyOf(
  tenant: Tenant,
  { clientId, keyed, recordId }: { clientId: string; keyed: Keyed; recordId: number },
): Promise<string | null> {
  const operation = "GET /v1/ForeignApp/{applicationName}/{deviceName}/Key/{keyName}/{tableName}/{recordId}";
  const path = `${appPath(clientId)}/Key/${keyed.keyField}/${keyed.table}/${recordId}`;
  const found = tenant.parse(operation, foreignKey, await orNull(tenant.read(operation, path)));
  return found?.Value || null;
}

/** Writes a key to the table of foreign keys; the same again changes nothing. */
export async function saveForeignKey(
  tenant: Tenant,
  { clientId, keyed, key, recordId }: { clientId: string; keyed: Keyed; key: string; recordId: number },
): Promise<void> {
  await tenant.send(
    "POST /v1/ForeignApp/{applicationName}/{deviceName}/{deviceIdentifier}/Key",
    `${appPath(clientId)}/${DEVICE_IDENTIFIER}/Key`,
    { Key: keyed.keyField, Value: key, RecordId: recordId, TableName: keyed.table },
  );
}

/** The vendor's document names no answer for what is not there: 404 and an empty one mean the same. */
async function orNull(read: Promise<unknown>): Promise<unknown> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "not_found") return null;
    throw error;
  }
}

const MOST_FOUND = 20;

/** Ids of records with these very texts in these columns, the newest first; at most 20. Read only. */
export async function searchArchive(
  tenant: Tenant,
  { archive }: Keyed,
  texts: readonly (readonly [column: string, text: string])[],
): Promise<number[]> {
  const operation = "GET /v1/Archive/{archiveProviderName}";
  const query = new URLSearchParams({
    $select: archive.id,
    $filter: texts.map(([column, text]) => `${column} is '${text.replaceAll("'", "''")}'`).join(" and "),
    $orderBy: `${archive.id} desc`,
    $top: String(MOST_FOUND),
  });
  const answer = await tenant.read(operation, `/v1/Archive/${archive.provider}?${query}`);
  const { value } = tenant.parse(operation, z.object({ value: z.array(z.unknown()).nullish() }), answer);
  const row = z.object({ [archive.id]: z.coerce.number().int().positive() });
  return readEach(row, value).read.flatMap((one) => one[archive.id] ?? []);
}
