import type { deliveryRows } from "@/db/schema";
import { OUTCOMES } from "@/lib/connection/delivery/schema";
import { openKey, openProblems, openRowRecord } from "@/lib/connection/delivery/sealed-row";
import type { SetRow } from "@/lib/connection/delivery/unchanged-sets";
import { getConnector } from "@/lib/connectors/registry";
import { createWords } from "@/lib/platform/i18n/messages";
import type { ConnectionData } from "@/lib/platform/seal/connection-data";
import type { ApiRowOutcome, ApiRowProblem, DeliveryAnswer } from "./schema";

type StoredRow = Pick<
  typeof deliveryRows.$inferSelect,
  | "id"
  | "position"
  | "state"
  | "cause"
  | "field"
  | "vendorCode"
  | "sealedKey"
  | "sealedProblems"
  | "sealedRecord"
>;
/** What opens a connection's rows, and whose words it speaks. */
export type Reading = { data: ConnectionData; connectorId: string };

/** All of a row that stays the same whichever of its outcomes is told. */
export function describeRow(
  { data }: Reading,
  row: StoredRow,
): Pick<ApiRowOutcome, "position" | "key" | "vendorId" | "vendorLabel"> {
  const record = row.sealedRecord === null ? null : openRowRecord(data, row.id, row.sealedRecord);
  return {
    position: row.position,
    key: row.sealedKey === null ? null : openKey(data, row.id, row.sealedKey),
    vendorId: record?.vendorId ?? null,
    vendorLabel: record?.label ?? null,
  };
}

/** The same of a row that is kept in a set. */
export const describeSetRow = ({ position, key }: SetRow): ReturnType<typeof describeRow> => ({
  position,
  key,
  vendorId: null,
  vendorLabel: null,
});

/** A row as it stands now; its outcome is null while it is on its way. */
export function describeOutcome(
  reading: Reading,
  row: StoredRow & Pick<typeof deliveryRows.$inferSelect, "stateSince">,
): DeliveryAnswer["outcomes"][number] {
  const outcome = OUTCOMES.find((one) => one === row.state) ?? null;
  return {
    ...describeRow(reading, row),
    outcome,
    at: row.stateSince.toISOString(),
    problems: outcome === null ? [] : listProblems(reading, row),
  };
}

/** Why a row stands where it stands, in English: programs decide by the codes. */
export function listProblems({ data, connectorId }: Reading, row: StoredRow): ApiRowProblem[] {
  const opened = row.sealedProblems === null ? [] : openProblems(data, row.id, row.sealedProblems);
  if (opened.length > 0) return opened.map((problem) => tellProblem(connectorId, problem));
  if (row.cause === null) return [];
  const { field, cause, vendorCode } = row;
  return [tellProblem(connectorId, { field, cause, ...(vendorCode !== null && { vendorCode }) })];
}

export function tellProblem(
  connectorId: string,
  problem: { field: string | null; cause: string; vendorCode?: string; vendorWords?: string },
): ApiRowProblem {
  const { field, cause, vendorCode = null, vendorWords = null } = problem;
  const words = createWords("en");
  const connector = getConnector(connectorId).manifest.name;
  const tell = (part: "title" | "fix"): string => {
    const own = `causesAt.${connectorId}.${cause}.${part}`;
    return words(words.has(own) ? own : `causes.${cause}.${part}`, { connector });
  };
  return { field, cause, detail: tell("title"), fix: tell("fix"), vendorCode, vendorWords };
}
