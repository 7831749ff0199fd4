import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import type { Entity, EntityId, WriteInput, WriteResult } from "@/lib/connectors/entity";
import { readRow } from "@/lib/connectors/entity-row";
import {
  approveTenant,
  makeSuperOfficeContext,
  type SuperOfficeTestSandbox,
  startTestSandbox,
} from "@/testing/superoffice-sandbox";
import { superoffice } from "..";
import { preparedState } from "../key-place";

const TENANT = "Cust10003";
let sandbox: SuperOfficeTestSandbox;
let key: HeldKey;
let context: ConnectorContext;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  await sandbox.reset();
  key = await approveTenant(sandbox, superoffice, { email: "owner@example.com", tenantId: TENANT });
  nextTurn();
});
afterAll(() => sandbox.close());

/** Another turn of the queue: what was read of the tenant before is read again. */
const nextTurn = (): void => {
  context = makeSuperOfficeContext(sandbox.url);
};

const ROWS: Record<string, Record<string, string>> = {
  companies: { CompUserKey01: "10045", Name: "Aapasuon Autohuolto Oy", OrgNo: "0737546-2" },
  persons: { PersUserKey01: "P1", FirstName: "Maija", LastName: "Mallikas", CompUserKey01: "10045" },
  sales: { SaleUserKey01: "S1", CompUserKey01: "10045", Heading: "Winter tyres", Amount: "1049,90" },
};

function entityOf(id: EntityId): Entity {
  const entity = superoffice.entities?.[id];
  if (!entity) throw new Error(`there is no entity ${id}`);
  return entity;
}

type Change = Partial<WriteInput> & { row?: Record<string, unknown>; settings?: Record<string, unknown> };
/** As the pipeline makes it: parsed by the entity's own schemas. */
function makeInput(id: EntityId, { row = {}, settings = {}, ...rest }: Change = {}): WriteInput {
  const { schema, settings: choices } = entityOf(id);
  return {
    row: schema.parse({ ...ROWS[id], ...row }),
    settings: choices.parse(settings),
    written: null,
    findWritten: async () => null,
    isUnderWay: async () => false,
    mark: "0123456789ab",
    ...rest,
  };
}
const write = (id: EntityId, change?: Change) => entityOf(id).write(context, key, makeInput(id, change));
const lookUp = (id: EntityId, change?: Change) => entityOf(id).lookUp(context, key, makeInput(id, change));
const check = (id: EntityId, row: Record<string, unknown>, settings = {}) => {
  const input = makeInput(id, { row, settings });
  return entityOf(id)
    .check(input.row, input.settings)
    .map(({ field, cause }) => `${field}: ${cause}`);
};

function recordOf(result: WriteResult) {
  if (result.kind !== "written") throw new Error(`it is ${result.kind}`);
  return { vendorId: result.vendorId, label: result.label };
}
const crm = () => {
  const found = sandbox.getState().crms[TENANT];
  if (!found) throw new Error("nothing is there");
  return found;
};
const listCalls = async (method: string) =>
  (await sandbox.readStats()).calls.filter((call) => call.method === method).map(({ path }) => path);
const KEYS = "/v1/ForeignApp/esimerkki-crm-sync/Kytkin";

describe("a company", () => {
  test("is made of the tenant's defaults and the row, and its key stands in the table of foreign keys", async () => {
    const result = await write("companies", {
      row: { Phone1: "010 123", PostalCity: "Helsinki", StreetAddress1: "Kuja 1", NoMailing: "true" },
    });
    expect(result).toMatchObject({ kind: "written", wasCreated: true, label: "Aapasuon Autohuolto Oy" });
    expect(crm().records.Contact).toMatchObject([
      {
        ...{ Name: "Aapasuon Autohuolto Oy", OrgNr: "0737546-2", NoMailing: true },
        Phones: [{ Value: "010 123" }],
        Address: { Postal: { City: "Helsinki" }, Street: { Address1: "Kuja 1" } },
        Country: { EnglishName: "Finland" },
        Category: { Value: "Customer" },
      },
    ]);
    const { vendorId } = recordOf(result);
    expect(crm().foreignKeys).toMatchObject([
      { key: "CompUserKey01", value: "10045", table: "contact", recordId: Number(vendorId) },
    ]);
  });

  test("is found by its key and changed in what differs alone", async () => {
    const [company] = [await sandbox.addRecord(TENANT, "Contact", { Name: "Old", Description: "By hand" })];
    crm().foreignKeys.push({
      ...{ app: "esimerkki-crm-sync", device: "Kytkin", key: "CompUserKey01", table: "contact" },
      ...{ value: "10045", recordId: Number(company.ContactId) },
    });
    const found = await lookUp("companies");
    expect(found).toMatchObject({ kind: "ours", isSame: false, label: "Old" });
    const written = { vendorId: String(company.ContactId), label: "Old" };
    expect(await write("companies", { written })).toMatchObject({ kind: "written", wasCreated: false });
    expect(crm().records.Contact).toMatchObject([
      { Name: "Aapasuon Autohuolto Oy", OrgNr: "0737546-2", Description: "By hand" },
    ]);
    expect(await lookUp("companies", { written })).toMatchObject({ kind: "ours", isSame: true });
    await write("companies", { written });
    expect(await listCalls("PATCH")).toHaveLength(1);
  });

  test("keeps telephone numbers beside the one that the row names", async () => {
    const record = recordOf(await write("companies", { row: { Phone1: "1", Phone2: "2" } }));
    await write("companies", { written: record, row: { Phone2: "3" } });
    expect(crm().records.Contact).toMatchObject([{ Phones: [{ Value: "1" }, { Value: "3" }] }]);
  });

  test("that was removed at the vendor is made again", async () => {
    const written = recordOf(await write("companies"));
    crm().records.Contact = [];
    expect(await lookUp("companies", { written })).toBeNull();
    expect(await write("companies", { written })).toMatchObject({ kind: "written", wasCreated: true });
  });

  test("of a tenant that was prepared has its key in the field, and is found by it", async () => {
    const progId = "Siteshop:CompUserKey01";
    await sandbox.addField(TENANT, "Contact", progId);
    const prepared = preparedState.parse({ keyPlaces: { companies: { kind: "user_field", progId } } });
    expect(await lookUp("companies", { prepared })).toBeNull();
    const written = recordOf(await write("companies", { prepared }));
    expect(crm().records.Contact).toMatchObject([{ CustomFields: { [progId]: "10045" } }]);
    expect(crm().foreignKeys).toEqual([]);
    expect(await lookUp("companies", { prepared })).toEqual({ kind: "ours", isSame: true, ...written });
  });
});

describe("a lost answer", () => {
  test("to a new record is found again, and its key is stored then", async () => {
    await sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/v1/Contact" } });
    await expect(write("companies")).rejects.toMatchObject({ kind: "unavailable", unsent: false });
    const found = await lookUp("companies");
    expect(found).toMatchObject({ kind: "ours", isSame: false });
    const written = found?.kind === "ours" ? { vendorId: found.vendorId, label: found.label } : null;
    expect(await write("companies", { written })).toMatchObject({ kind: "written", wasCreated: false });
    expect(crm().records.Contact).toHaveLength(1);
    expect(await lookUp("companies")).toMatchObject({ kind: "ours", isSame: true });
  });

  test("never takes for ours what a person made, or what has another key", async () => {
    await sandbox.addRecord(TENANT, "Contact", { Name: ROWS.companies?.Name, OrgNr: ROWS.companies?.OrgNo });
    expect(await lookUp("companies")).toBeNull();
    await write("companies", { row: { CompUserKey01: "other" } });
    expect(await lookUp("companies")).toBeNull();
  });

  test("to the key leaves an incomplete row, which is completed", async () => {
    await sandbox.setFaults({ failNext: { method: "POST", path: `${KEYS}/records/Key`, status: 503 } });
    const result = await write("companies");
    expect(result).toMatchObject({ kind: "incomplete", wasCreated: true, missing: "foreign_key" });
    const written = result.kind === "incomplete" ? { vendorId: result.vendorId, label: result.label } : null;
    expect(await write("companies", { written })).toMatchObject({ kind: "written", wasCreated: false });
    expect(await lookUp("companies")).toMatchObject({ kind: "ours", isSame: true });
    expect(crm().records.Contact).toHaveLength(1);
  });

  test.each([404, 200])("a vendor that answers %s for a key that is not there has none", async (status) => {
    const path = `${KEYS}/Key/CompUserKey01/contact`;
    await sandbox.setFaults({ failNext: { method: "GET", path, status, body: null } });
    expect(await lookUp("companies")).toBeNull();
  });
});

describe("a record that somebody changes at the same time", () => {
  test("is read again, once, and what that person wrote beside the row stays", async () => {
    const written = recordOf(await write("companies"));
    await sandbox.setFaults({ editsBeforePatch: 1 });
    const result = await write("companies", { written, row: { Name: "New name" } });
    expect(result).toMatchObject({ kind: "written", label: "New name" });
    expect(crm().records.Contact).toMatchObject([
      { Name: "New name", Description: expect.stringContaining("Changed by a person") },
    ]);
  });

  test("over and over is left to a later try", async () => {
    const written = recordOf(await write("companies"));
    await sandbox.setFaults({ editsBeforePatch: 2 });
    await expect(write("companies", { written, row: { Name: "New name" } })).rejects.toMatchObject({
      ...{ kind: "unavailable", unsent: true },
    });
    expect(crm().records.Contact).toMatchObject([{ Name: "Aapasuon Autohuolto Oy" }]);
  });
});

describe("fields that are left to people", () => {
  const settings = { keptFields: "Phone1, OrgNo" };

  test("fill a new record and are never changed again, also when it is written anew after a 412", async () => {
    const written = recordOf(await write("companies", { row: { Phone1: "010 123" }, settings }));
    expect(crm().records.Contact[0]).toMatchObject({ OrgNr: "0737546-2", Phones: [{ Value: "010 123" }] });
    const row = { Phone1: "020 456", OrgNo: "1", Name: "Aapasuon Huolto Oy" };
    await sandbox.setFaults({
      failNext: { method: "PATCH", path: `/v1/Contact/${written.vendorId}`, status: 412, times: 1 },
    });
    expect(await write("companies", { row, settings, written })).toMatchObject({ kind: "written" });
    expect(crm().records.Contact[0]).toMatchObject({
      ...{ Name: "Aapasuon Huolto Oy", OrgNr: "0737546-2" },
      Phones: [{ Value: "010 123" }],
    });
    expect(await lookUp("companies", { row, settings, written })).toMatchObject({ isSame: true });
  });

  test("do not lead to somebody else's record that agrees in the others alone", async () => {
    await sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/v1/Contact" } });
    await write("companies", { row: { OrgNo: "1" }, settings }).catch(() => null);
    expect(await lookUp("companies", { row: { OrgNo: "2" }, settings })).toBeNull();
    expect(await lookUp("companies", { row: { OrgNo: "1" }, settings })).toMatchObject({ kind: "ours" });
  });

  test.each(["Phone", "Phone1 Nmae", "CompUserText21"])("are the entity's own: %s is refused", (kept) => {
    const { companies } = superoffice.entities ?? {};
    expect(companies?.settings.safeParse({ keptFields: kept }).success).toBe(false);
    expect(companies?.settings.safeParse({ keptFields: "Name; CompUserText20" }).success).toBe(true);
  });
});

describe("values", () => {
  test("of a list have to be spelled alike, in any of the list's languages", async () => {
    await write("companies", { row: { Category: "Toimittaja" } });
    expect(crm().records.Contact).toMatchObject([{ Category: { Id: 2 } }]);
    expect(crm().lists.category).toHaveLength(3);
  });

  test("that a list lacks are added to it once", async () => {
    await write("companies", { row: { Category: "toimittaja", Business: "Cars" } });
    await write("companies", { row: { CompUserKey01: "2", Business: "Cars" } });
    expect(crm().records.Contact).toMatchObject([
      { Category: { Value: "toimittaja" }, Business: { Value: "Cars" } },
      { Business: { Value: "Cars" } },
    ]);
    expect(crm().lists.business?.map(({ name }) => name)).toEqual(["Retail", "Industry", "Cars"]);
  });

  test("are not added where the customer chose so, nor by a look-up", async () => {
    const settings = { addListItems: "no" };
    expect(await write("companies", { row: { Business: "Cars" }, settings })).toEqual({
      kind: "rejected",
      problems: [{ field: "Business", cause: "list_value_unknown", vendorWords: "Retail, Industry" }],
    });
    const written = recordOf(await write("companies"));
    expect(await lookUp("companies", { written, row: { Business: "Cars" } })).toMatchObject({
      isSame: false,
    });
    expect(crm().lists.business).toHaveLength(2);
    expect(crm().records.Contact).toHaveLength(1);
  });

  test.each(["Ruotsi", "Sweden", "S"])(
    "of a country are its name, its English name or its prefix: %s",
    async (CountryName) => {
      await write("companies", { row: { CountryName } });
      expect(crm().records.Contact).toMatchObject([{ Country: { CountryId: 752 } }]);
    },
  );

  test("of a country that the tenant lacks are refused, never added", async () => {
    expect(await write("companies", { row: { CountryName: "Atlantis" } })).toMatchObject({
      kind: "rejected",
      problems: [{ field: "CountryName", cause: "list_value_unknown" }],
    });
    expect(crm().records.Contact).toEqual([]);
  });

  test.each([
    ["by user id, in any capitals", { AssociateName: "otsoo", AssociateFullName: "Otso Omistaja" }, 6],
    ["by user id", { AssociateName: "ainoe" }, 5],
    ["by full name", { AssociateFullName: "Aino Esimerkki" }, 5],
    ["by the fallback of the settings", { AssociateName: "NOBODY" }, 6],
  ])("of who is responsible are found %s", async (_how, row, id) => {
    await write("companies", { row, settings: { fallbackAssociate: "OTSOO" } });
    expect(crm().records.Contact).toMatchObject([{ Associate: { AssociateId: id } }]);
  });

  test("of somebody unknown give a new record to the system user and leave an old one as it is", async () => {
    const written = recordOf(await write("companies", { row: { AssociateName: "AINOE" } }));
    await write("companies", { written, row: { AssociateName: "NOBODY", Name: "New name" } });
    await write("companies", { row: { CompUserKey01: "2", AssociateName: "NOBODY" } });
    expect(crm().records.Contact).toMatchObject([
      { Name: "New name", Associate: { AssociateId: 5 } },
      { Associate: { AssociateId: 1 } },
    ]);
  });

  test("of more-page fields go to them by type, and a field that the tenant lacks is named", async () => {
    for (const field of ["CompUserText11", "CompUserNum01", "CompUserDec02", "CompUserCheck01"])
      await sandbox.addField(TENANT, "Contact", `Siteshop:${field}`);
    const row = { CompUserText11: "A", CompUserNum01: "42", CompUserDec02: "83,50", CompUserCheck01: "TRUE" };
    const written = recordOf(await write("companies", { row }));
    expect(crm().records.Contact).toMatchObject([
      {
        CustomFields: {
          ...{ "Siteshop:CompUserText11": "A", "Siteshop:CompUserNum01": "[I:42]" },
          ...{ "Siteshop:CompUserDec02": "[F:83.5]", "Siteshop:CompUserCheck01": "[I:1]" },
        },
      },
    ]);
    await write("companies", { written, row: { CompUserText11: "B" } });
    expect(crm().records.Contact).toMatchObject([
      { CustomFields: { "Siteshop:CompUserText11": "B", "Siteshop:CompUserNum01": "[I:42]" } },
    ]);
    expect(await write("companies", { row: { CompUserText12: "A" } })).toEqual({
      kind: "rejected",
      problems: [
        { field: "CompUserText12", cause: "custom_field_missing", vendorWords: "Siteshop:CompUserText12" },
      ],
    });
  });

  test("of lists are read once a turn of the queue", async () => {
    for (const number of ["1", "2", "3"])
      await write("companies", {
        row: { CompUserKey01: number, Category: "Partner", AssociateName: "AINOE" },
      });
    const reads = (await listCalls("GET")).filter((path) => /MDOList|default/.test(path));
    expect(reads.toSorted()).toEqual([
      "/v1/Contact/default",
      "/v1/MDOList/associate",
      "/v1/MDOList/category",
    ]);
  });
});

describe("a person", () => {
  test("waits for the company that the row names, wherever that comes from", async () => {
    expect(await write("persons")).toEqual({
      ...{ kind: "waiting", cause: "parent_missing" },
      ...{ parentKey: "10045", parentEntity: "companies" },
    });
    nextTurn();
    // Nothing of ours: it is at the vendor under that key.
    const company = recordOf(await write("companies"));
    expect(await write("persons")).toMatchObject({ kind: "written", label: "Maija Mallikas" });
    expect(crm().records.Person).toMatchObject([{ Contact: { ContactId: Number(company.vendorId) } }]);
  });

  test("of a company that was written here costs no search for it", async () => {
    const company = recordOf(await write("companies"));
    const asked: (string | undefined)[] = [];
    const findWritten = async (own: string, entity?: string) => {
      asked.push(`${entity} ${own}`);
      return company;
    };
    const before = (await listCalls("GET")).length;
    await write("persons", { findWritten });
    expect(asked).toEqual(["companies 10045"]);
    expect((await listCalls("GET")).length - before).toBe(1);
  });

  test("who is a user of the tenant is changed and never moved", async () => {
    const owner = await sandbox.addRecord(TENANT, "Contact", { Name: "Owner" });
    const user = await sandbox.addRecord(TENANT, "Person", {
      ...{ Lastname: "Omistaja", IsAssociate: true },
      Contact: { ContactId: owner.ContactId },
    });
    await write("companies");
    const written = { vendorId: String(user.PersonId), label: "Omistaja" };
    expect(await write("persons", { written })).toMatchObject({ kind: "written" });
    expect(crm().records.Person).toMatchObject([
      { Lastname: "Mallikas", Contact: { ContactId: owner.ContactId } },
    ]);
  });

  test("moves with the row otherwise, and keeps days as the settings have them", async () => {
    await write("companies");
    const other = recordOf(await write("companies", { row: { CompUserKey01: "2", Name: "Other Oy" } }));
    const settings = { dateFormat: "DD.MM.YYYY" };
    const written = recordOf(await write("persons", { row: { BirthDate: "3.4.1980" }, settings }));
    await write("persons", { written, row: { CompUserKey01: "2" }, settings });
    expect(crm().records.Person).toMatchObject([
      { BirthDate: "1980-04-03T00:00:00", Contact: { ContactId: Number(other.vendorId) } },
    ]);
  });
});

describe("a sale", () => {
  test("belongs to its company and its person, with what the vendor works out of its amount", async () => {
    const company = recordOf(await write("companies"));
    const person = recordOf(await write("persons"));
    const row = {
      PersUserKey01: "P1",
      Earning: "500,00",
      Status: "sold",
      Stage: "Order",
      SaleDate: "2026-11-28",
    };
    expect(await write("sales", { row })).toMatchObject({ kind: "written", label: "Winter tyres" });
    expect(crm().records.Sale).toMatchObject([
      {
        ...{ Heading: "Winter tyres", Amount: 1049.9, EarningPercent: 47.6236, Earning: 500, Status: "Sold" },
        ...{ Saledate: "2026-11-28T00:00:00", Rating: { Value: "Order" } },
        Contact: { ContactId: Number(company.vendorId) },
        Person: { PersonId: Number(person.vendorId) },
      },
    ]);
    expect(await lookUp("sales", { row })).toMatchObject({ kind: "ours", isSame: true });
  });

  test("waits for its company first, then for its person", async () => {
    const row = { PersUserKey01: "P1" };
    expect(await write("sales", { row })).toMatchObject({ parentEntity: "companies", parentKey: "10045" });
    nextTurn();
    await write("companies");
    expect(await write("sales", { row })).toMatchObject({ parentEntity: "persons", parentKey: "P1" });
    expect(crm().records.Sale).toEqual([]);
  });

  test.each([
    ["SaleType", "Lease"],
    ["Stage", "Dream"],
    ["Currency", "XXX"],
  ])(
    "is refused with a %s that the tenant lacks: money and pipeline are the customer's",
    async (field, value) => {
      await write("companies");
      expect(await write("sales", { row: { [field]: value } })).toMatchObject({
        kind: "rejected",
        problems: [{ field, cause: "list_value_unknown" }],
      });
    },
  );

  test("that the vendor refuses is rejected with the vendor's words", async () => {
    await write("companies");
    const body = { Error: true, ErrorType: "SoPreconditionException", ErrorMessage: "Heading is taken." };
    await sandbox.setFaults({ failNext: { method: "POST", path: "/v1/Sale", status: 400, body } });
    expect(await write("sales")).toEqual({
      kind: "rejected",
      problems: [{ field: null, cause: "vendor_refused", vendorWords: "Heading is taken." }],
    });
  });
});

describe("the check", () => {
  const problemsOf = (id: EntityId, row: object) =>
    readRow(entityOf(id), { ...ROWS[id], ...row }).problems?.map(({ field, cause }) => `${field}: ${cause}`);

  test.each<[EntityId, object, string]>([
    ["companies", { CompUserKey01: "x".repeat(40) }, "CompUserKey01: field_too_long"],
    ["companies", { CompUserKey01: "" }, "CompUserKey01: field_missing"],
    ["companies", { NoMailing: "yes" }, "NoMailing: field_invalid"],
    ["companies", { name: "Oy" }, "name: field_unknown"],
    ["companies", { CompUserNum01: "1,5" }, "CompUserNum01: field_invalid"],
    ["companies", { CompUserText21: "A" }, "CompUserText21: field_unknown"],
    ["sales", { EarningPercent: "83,5%" }, "EarningPercent: field_invalid"],
    ["sales", { Amount: "1.049,90" }, "Amount: field_invalid"],
    ["sales", { Status: "Won" }, "Status: field_invalid"],
    ["sales", { Probability: "101" }, "Probability: field_invalid"],
  ])("of %s refuses %o", (id, row, problem) => {
    expect(problemsOf(id, row)).toEqual([problem]);
  });

  test.each<[string, Record<string, string>, object, string[]]>([
    ["an ISO day in any settings", { SaleDate: "2026-11-30" }, { dateFormat: "MM/DD/YYYY" }, []],
    ["a day with a time", { SaleDate: "2026-11-30T10:00:00Z" }, {}, []],
    ["a day of the settings", { SaleDate: "11/30/2026" }, { dateFormat: "MM/DD/YYYY" }, []],
    ["a day of another format", { SaleDate: "30.11.2026" }, {}, ["SaleDate: field_invalid"]],
    [
      "no day of any calendar",
      { SaleDate: "31.11.2026" },
      { dateFormat: "DD.MM.YYYY" },
      ["SaleDate: field_invalid"],
    ],
    ["costs alone", { Amount: "100", Cost: "60" }, {}, []],
    ["costs and earning that agree", { Amount: "100", Cost: "60", Earning: "40" }, {}, []],
    [
      "costs and earning that do not",
      { Amount: "100", Cost: "60", Earning: "50" },
      {},
      ["Cost: totals_disagree"],
    ],
    ["what does not count", { Amount: "100", Cost: "60", Earning: "50" }, { earning: "cost" }, []],
    ["an earning of nothing", { Amount: "0", Earning: "5" }, {}, ["Earning: totals_disagree"]],
    ["nothing earned of nothing", { Amount: "0", Earning: "0" }, {}, []],
  ])("of a sale with %s", (_what, row, settings, problems) => {
    expect(check("sales", row, settings)).toEqual(problems);
  });

  test("an earning without an amount lacks the amount", () => {
    const { Amount: _, ...row } = ROWS.sales ?? {};
    const { schema, settings, check: judge } = entityOf("sales");
    expect(judge(schema.parse({ ...row, Earning: "5" }), settings.parse({}))).toEqual([
      { field: "Amount", cause: "field_missing" },
    ]);
  });
});
