import type { Answer } from "../../web/answer-call";
import type { ForeignKey } from "../data/crm";
import { ok, refusal, type TenantCall } from "./tenant-call";

const shown = ({ key, value, recordId, table }: ForeignKey): object => ({
  Key: key,
  Value: value,
  RecordId: recordId,
  TableName: table,
});
const NONE = { Key: "", Value: "", RecordId: 0, TableName: "" };

function find({ exchange, crm }: TenantCall, fits: (one: ForeignKey) => boolean): Answer {
  const [app, device] = [exchange.param("app"), exchange.param("device")];
  const [key, table] = [exchange.param("key"), exchange.param("table")];
  const found = crm.foreignKeys.find(
    (one) => one.app === app && one.device === device && one.key === key && one.table === table && fits(one),
  );
  return ok(found ? shown(found) : NONE);
}

/** `GET …/Key/{keyName}/{tableName}?keyValue=` */
export const findByValue = (call: TenantCall): Answer =>
  find(call, ({ value }) => value === call.exchange.url.searchParams.get("keyValue"));

/** `GET …/Key/{keyName}/{tableName}/{recordId}` */
export const findByRecord = (call: TenantCall): Answer =>
  find(call, ({ recordId }) => recordId === Number(call.exchange.param("recordId")));

/** `POST …/{deviceIdentifier}/Key`: an application and a device that are not there are made by it; a key has one record. */
export async function postForeignKey({ standIn, exchange, crm }: TenantCall): Promise<Answer> {
  const body = await exchange.readJson();
  const { Key, Value, RecordId, TableName }: Record<string, unknown> =
    typeof body === "object" && body !== null ? { ...body } : {};
  if (
    typeof Key !== "string" ||
    typeof Value !== "string" ||
    typeof TableName !== "string" ||
    !Number(RecordId)
  )
    throw refusal(400, "SoPreconditionException", "Key, Value, TableName and RecordId are mandatory.");
  const [app, device] = [exchange.param("app"), exchange.param("device")];
  const made: ForeignKey = {
    app,
    device,
    key: Key,
    table: TableName,
    value: Value,
    recordId: Number(RecordId),
  };
  const isOther = (one: ForeignKey): boolean =>
    one.app !== app ||
    one.device !== device ||
    one.key !== Key ||
    one.table !== TableName ||
    one.value !== Value;
  crm.foreignKeys = [...crm.foreignKeys.filter(isOther), made];
  standIn.store.save();
  return ok(shown(made));
}
