import { z } from "zod";
import { defineEntity } from "@/lib/connectors/entity";
import { textField } from "@/lib/connectors/entity-field";
import { readLine } from "@/lib/core/outside-text";
import type { SystemCredential } from "../credential";
import { COMPANY, commonSettings, keptFields } from "./common";
import { flagField, makeUserFields, nameUserField, userKey } from "./fields";
import { lookUpRecord, type RecordKind, writeRecord } from "./record";
import { describeLists, resolveValues, type Targets } from "./values";

const address = (kind: "Postal" | "Street") => ({
  [`${kind}Address1`]: textField(255).optional(),
  [`${kind}Address2`]: textField(255).optional(),
  [`${kind}Address3`]: textField(255).optional(),
  [`${kind}Zipcode`]: textField(20).optional(),
  [`${kind}City`]: textField(255).optional(),
  [`${kind}County`]: textField(50).optional(),
  [`${kind}State`]: textField(50).optional(),
});

const companyRow = z.strictObject({
  CompUserKey01: userKey(),
  Name: textField(219),
  Department: textField(219).optional(),
  OrgNo: textField(49).optional(),
  Number1: textField(49).optional(),
  Number2: textField(49).optional(),
  Category: textField(100).optional(),
  Business: textField(100).optional(),
  CountryName: textField(100).optional(),
  AssociateName: textField(100).optional(),
  AssociateFullName: textField(200).optional(),
  Phone1: textField(100).optional(),
  Phone2: textField(100).optional(),
  Fax1: textField(100).optional(),
  Email1: textField(255).optional(),
  Url1: textField(255).optional(),
  ...address("Postal"),
  ...address("Street"),
  Description: textField(2000).optional(),
  NoMailing: flagField().optional(),
  Stop: flagField().optional(),
  ...makeUserFields("Comp"),
});
const companySettings = z.strictObject({ ...commonSettings, keptFields: keptFields(companyRow) });

const ADDRESS = ["Address1", "Address2", "Address3", "Zipcode", "City", "County", "State"] as const;
const addressTargets = (kind: "Postal" | "Street"): Targets =>
  Object.fromEntries(
    ADDRESS.map((line) => [`${kind}${line}`, { kind: "text", path: ["Address", kind, line] }]),
  );

const TARGETS: Targets = {
  Name: { kind: "text", path: ["Name"] },
  Department: { kind: "text", path: ["Department"] },
  OrgNo: { kind: "text", path: ["OrgNr"] },
  Number1: { kind: "text", path: ["Number1"] },
  Number2: { kind: "text", path: ["Number2"] },
  Category: { kind: "list", path: ["Category"], list: "category" },
  Business: { kind: "list", path: ["Business"], list: "business" },
  CountryName: { kind: "country", path: ["Country"] },
  Phone1: { kind: "element", path: ["Phones"], place: 0 },
  Phone2: { kind: "element", path: ["Phones"], place: 1 },
  Fax1: { kind: "element", path: ["Faxes"], place: 0 },
  Email1: { kind: "element", path: ["Emails"], place: 0 },
  Url1: { kind: "element", path: ["Urls"], place: 0 },
  ...addressTargets("Postal"),
  ...addressTargets("Street"),
  Description: { kind: "text", path: ["Description"] },
  NoMailing: { kind: "flag", path: ["NoMailing"] },
  Stop: { kind: "flag", path: ["Xstop"] },
};

const KIND: RecordKind = {
  ...COMPANY,
  idField: "ContactId",
  labelOf: ({ Name }) => readLine(Name, 200),
  searchBy: ({ Name = "" }) => [["name", Name]],
  resolve: (resolving) => resolveValues(resolving, TARGETS),
};

/** Companies of SuperOffice (`Contact` in its API). */
export const companies = defineEntity<SystemCredential, typeof companyRow, typeof companySettings>({
  id: COMPANY.entity,
  keyField: COMPANY.keyField,
  fileNames: ["company"],
  schema: companyRow,
  lists: describeLists(TARGETS),
  nameAtVendor: nameUserField,
  settings: companySettings,
  rights: [{ path: "contact", level: "write" }],
  check: () => [],
  write: (context, key, input) => writeRecord(KIND, context, key, input),
  lookUp: (context, key, input) => lookUpRecord(KIND, context, key, input),
  rejections: {},
});
