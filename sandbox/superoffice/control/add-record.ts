import { invalid, optional, readNumber, readRecord, readText } from "../../web/read-input";
import { addRecord } from "../api/records";
import { crmOf } from "../api/tenant-call";
import { APIS, type Api, type Entity } from "../data/crm";
import { findTenant, type StandIn } from "../stand-in";

/** An associate of the company, not the application. */
const PERSON = 5;

function readTarget(standIn: StandIn, body: unknown) {
  const input = readRecord(body, "the body");
  const tenant = findTenant(standIn, readText(input.tenantId, "tenantId"));
  if (!tenant) throw invalid("there is no such tenant");
  const name = readText(input.api, "api");
  const api: Api | undefined = APIS.find((one) => one === name);
  if (!api) throw invalid(`api is one of ${APIS.join(", ")}`);
  return { input, api, crm: crmOf(standIn, tenant.id) };
}

/** `POST /sandbox/records`: a record that a person made in the vendor's own client. */
export function addRecordByHand(standIn: StandIn, body: unknown): Entity {
  const { input, api, crm } = readTarget(standIn, body);
  const associateId = optional(input.associateId, "associateId", readNumber) ?? PERSON;
  const entity = readRecord(input.entity, "entity");
  return addRecord(standIn, crm, { api, entity, author: { associateId, at: new Date() } });
}

/** `POST /sandbox/fields`: a more-page field that an administrator made and published. */
export function addUserField(standIn: StandIn, body: unknown): void {
  const { input, api, crm } = readTarget(standIn, body);
  const progId = readText(input.progId, "progId");
  if (!crm.userFields[api].includes(progId)) crm.userFields[api].push(progId);
  for (const record of crm.records[api])
    record.CustomFields = { [progId]: "", ...Object(record.CustomFields) };
  standIn.store.save();
}
