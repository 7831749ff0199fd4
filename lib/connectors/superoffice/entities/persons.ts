import { z } from "zod";
import { defineEntity } from "@/lib/connectors/entity";
import { textField } from "@/lib/connectors/entity-field";
import { readLine } from "@/lib/core/outside-text";
import type { SystemCredential } from "../credential";
import { COMPANY, checkDays, commonSettings, keptFields, PERSON, parentsOf } from "./common";
import { dayField, flagField, makeUserFields, nameUserField, userKey } from "./fields";
import { lookUpRecord, type RecordKind, writeRecord } from "./record";
import { describeLists, resolveValues, type Targets } from "./values";

const personRow = z.strictObject({
  PersUserKey01: userKey(),
  /** The key of the company that the person works at. */
  CompUserKey01: userKey().optional(),
  FirstName: textField(99).optional(),
  MiddleName: textField(99).optional(),
  LastName: textField(99),
  MrMrs: textField(49).optional(),
  Title: textField(219).optional(),
  Position: textField(100).optional(),
  CountryName: textField(100).optional(),
  AssociateName: textField(100).optional(),
  AssociateFullName: textField(200).optional(),
  Email1: textField(255).optional(),
  Email2: textField(255).optional(),
  Phone1: textField(100).optional(),
  Mobile1: textField(100).optional(),
  PrivatePhone1: textField(100).optional(),
  Fax1: textField(100).optional(),
  BirthDate: dayField().optional(),
  Number1: textField(49).optional(),
  Description: textField(2000).optional(),
  NoMailing: flagField().optional(),
  Retired: flagField().optional(),
  ...makeUserFields("Pers"),
});
const personSettings = z.strictObject({ ...commonSettings, keptFields: keptFields(personRow) });

const TARGETS: Targets = {
  FirstName: { kind: "text", path: ["Firstname"] },
  MiddleName: { kind: "text", path: ["MiddleName"] },
  LastName: { kind: "text", path: ["Lastname"] },
  MrMrs: { kind: "text", path: ["Mrmrs"] },
  Title: { kind: "text", path: ["Title"] },
  Position: { kind: "list", path: ["Position"], list: "position" },
  CountryName: { kind: "country", path: ["Country"] },
  Email1: { kind: "element", path: ["Emails"], place: 0 },
  Email2: { kind: "element", path: ["Emails"], place: 1 },
  Phone1: { kind: "element", path: ["OfficePhones"], place: 0 },
  Mobile1: { kind: "element", path: ["MobilePhones"], place: 0 },
  PrivatePhone1: { kind: "element", path: ["PrivatePhones"], place: 0 },
  Fax1: { kind: "element", path: ["Faxes"], place: 0 },
  BirthDate: { kind: "day", path: ["BirthDate"] },
  Number1: { kind: "text", path: ["PersonNumber"] },
  Description: { kind: "text", path: ["Description"] },
  NoMailing: { kind: "flag", path: ["NoMailing"] },
  Retired: { kind: "flag", path: ["Retired"] },
};

const KIND: RecordKind = {
  ...PERSON,
  idField: "PersonId",
  labelOf: ({ FullName, Firstname, Lastname }) =>
    readLine(FullName, 200) ?? readLine(`${Firstname ?? ""} ${Lastname ?? ""}`, 200),
  searchBy: ({ FirstName, LastName = "" }) => [
    ["lastName", LastName],
    ...(FirstName === undefined ? [] : [["firstName", FirstName] as const]),
  ],
  resolve: async (resolving, there) => {
    const resolution = await resolveValues(resolving, TARGETS);
    const { CompUserKey01: key } = resolving.row;
    // A user of the tenant belongs to the company that owns it: moved elsewhere, that user could not sign in.
    if (key === undefined || there?.IsAssociate === true) return resolution;
    const contactId = await resolving.findParent(COMPANY, key);
    if (contactId === null) return { ...resolution, waitsFor: { entity: COMPANY.entity, key } };
    resolution.changes.push({ path: ["Contact"], value: { ContactId: contactId } });
    return resolution;
  },
};

/** Persons of SuperOffice, each at a company or at none. */
export const persons = defineEntity<SystemCredential, typeof personRow, typeof personSettings>({
  id: PERSON.entity,
  keyField: PERSON.keyField,
  fileNames: ["person"],
  schema: personRow,
  lists: describeLists(TARGETS),
  nameAtVendor: nameUserField,
  parents: parentsOf(COMPANY),
  settings: personSettings,
  rights: [
    { path: "person", level: "write" },
    { path: "contact", level: "read" },
  ],
  check: (row, settings) => checkDays(row, TARGETS, settings),
  write: (context, key, input) => writeRecord(KIND, context, key, input),
  lookUp: (context, key, input) => lookUpRecord(KIND, context, key, input),
  rejections: {},
});
