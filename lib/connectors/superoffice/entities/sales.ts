import { z } from "zod";
import { defineEntity, type RowProblem } from "@/lib/connectors/entity";
import { choiceField, textField } from "@/lib/connectors/entity-field";
import { readLine } from "@/lib/core/outside-text";
import type { SystemCredential } from "../credential";
import type { Change } from "./changes";
import { COMPANY, checkDays, commonSettings, keptFields, PERSON, parentsOf, SALE } from "./common";
import { EARNING_MODES, type EarningMode, earningOf, isSamePercent, listPercents } from "./earning";
import { dayField, integerField, makeUserFields, nameUserField, numberField, userKey } from "./fields";
import { lookUpRecord, type RecordKind, writeRecord } from "./record";
import {
  type CommonSettings,
  describeLists,
  type Resolution,
  type Row,
  resolveValues,
  type Targets,
} from "./values";

const STATUSES = ["OPEN", "SOLD", "LOST", "STALLED"] as const;

const saleRow = z.strictObject({
  SaleUserKey01: userKey(),
  /** The key of the company that buys. */
  CompUserKey01: userKey(),
  PersUserKey01: userKey().optional(),
  Heading: textField(219),
  Amount: numberField(4).optional(),
  Cost: numberField(4).optional(),
  Earning: numberField(4).optional(),
  /** Without a percent sign. */
  EarningPercent: numberField(4).optional(),
  Currency: textField(100).optional(),
  SaleDate: dayField().optional(),
  Status: choiceField(STATUSES).optional(),
  SaleType: textField(100).optional(),
  Stage: textField(100).optional(),
  Probability: integerField(0, 100).optional(),
  Source: textField(100).optional(),
  Number: textField(49).optional(),
  NextDueDate: dayField().optional(),
  AssociateName: textField(100).optional(),
  AssociateFullName: textField(200).optional(),
  Description: textField(2000).optional(),
  ...makeUserFields("Sale"),
});
const saleSettings = z.strictObject({
  ...commonSettings,
  keptFields: keptFields(saleRow),
  /** Which of Cost, Earning and EarningPercent counts; the others are not looked at. */
  earning: choiceField(EARNING_MODES).default("ANY"),
});

const TARGETS: Targets = {
  Heading: { kind: "text", path: ["Heading"] },
  Amount: { kind: "number", path: ["Amount"] },
  Currency: { kind: "list", path: ["Currency"], list: "currency" },
  SaleDate: { kind: "day", path: ["Saledate"] },
  SaleType: { kind: "list", path: ["SaleType"], list: "saletype" },
  Stage: { kind: "list", path: ["Rating"], list: "prob" },
  Probability: { kind: "number", path: ["Probability"] },
  Source: { kind: "list", path: ["Source"], list: "source" },
  Number: { kind: "text", path: ["Number"] },
  NextDueDate: { kind: "day", path: ["NextDueDate"] },
  Description: { kind: "text", path: ["SaleText"] },
};

const KIND: RecordKind = {
  ...SALE,
  idField: "SaleId",
  labelOf: ({ Heading }) => readLine(Heading, 200),
  searchBy: ({ Heading = "" }) => [["heading", Heading]],
  resolve: async (resolving) => {
    const resolution = await resolveValues(resolving, TARGETS);
    const { row, findParent } = resolving;
    resolution.changes.push(...describeState(row), ...describeEarning(row, earningMode(resolving.settings)));
    await addParent(resolution, row.CompUserKey01, async (key) => {
      const id = await findParent(COMPANY, key);
      return id === null ? COMPANY.entity : { path: ["Contact"], value: { ContactId: id } };
    });
    await addParent(resolution, row.PersUserKey01, async (key) => {
      const id = await findParent(PERSON, key);
      return id === null ? PERSON.entity : { path: ["Person"], value: { PersonId: id } };
    });
    return resolution;
  },
};

async function addParent(
  resolution: Resolution,
  key: string | undefined,
  find: (key: string) => Promise<Change | string>,
): Promise<void> {
  // One that is missing is enough to wait for.
  if (key === undefined || resolution.waitsFor) return;
  const found = await find(key);
  if (typeof found === "string") resolution.waitsFor = { entity: found, key };
  else resolution.changes.push(found);
}

/** `Sold` of `SOLD`, as the vendor words it. */
const describeState = ({ Status }: Row): Change[] =>
  Status === undefined
    ? []
    : [{ path: ["Status"], value: `${Status.charAt(0)}${Status.slice(1).toLowerCase()}` }];

const earningMode = (settings: CommonSettings & { earning?: EarningMode }): EarningMode =>
  settings.earning ?? "ANY";

/** The percentage, and the earning that follows from it. */
function describeEarning(row: Row, mode: EarningMode): Change[] {
  const percent = listPercents(row, mode)[0]?.percent ?? null;
  if (percent === null) return [];
  return [
    { path: ["EarningPercent"], value: Number(percent) },
    ...(row.Amount === undefined
      ? []
      : [{ path: ["Earning"] as const, value: Number(earningOf(row.Amount, percent)) }]),
  ];
}

function checkEarning(row: Row, mode: EarningMode): RowProblem[] {
  const percents = listPercents(row, mode);
  const withoutAmount = percents.filter(({ percent }) => percent === null);
  if (withoutAmount.length > 0) {
    const isZero = row.Amount !== undefined;
    // Nothing is earned of nothing: a zero beside an amount of zero contradicts nothing.
    const contradicting = withoutAmount.filter(({ field }) => !isZero || Number(row[field]) !== 0);
    if (contradicting.length > 0)
      return isZero
        ? contradicting.map(({ field }) => ({ field, cause: "totals_disagree" }))
        : [{ field: "Amount", cause: "field_missing" }];
  }
  const [first, ...others] = percents.flatMap(({ field, percent }) =>
    percent === null ? [] : [{ field, percent }],
  );
  return others
    .filter(({ percent }) => first !== undefined && !isSamePercent(first.percent, percent))
    .map(({ field }) => ({ field, cause: "totals_disagree" }));
}

/** Sales of SuperOffice, each of a company and, where it is named, of a person there. */
export const sales = defineEntity<SystemCredential, typeof saleRow, typeof saleSettings>({
  id: SALE.entity,
  keyField: SALE.keyField,
  fileNames: ["sale"],
  schema: saleRow,
  lists: describeLists(TARGETS),
  nameAtVendor: nameUserField,
  parents: parentsOf(COMPANY, PERSON),
  settings: saleSettings,
  rights: [
    { path: "sale", level: "write" },
    { path: "contact", level: "read" },
    { path: "person", level: "read" },
  ],
  check: (row, settings) => [...checkDays(row, TARGETS, settings), ...checkEarning(row, settings.earning)],
  write: (context, key, input) => writeRecord(KIND, context, key, input),
  lookUp: (context, key, input) => lookUpRecord(KIND, context, key, input),
  rejections: {},
});
