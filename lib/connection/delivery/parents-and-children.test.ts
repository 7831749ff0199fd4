import { randomUUID } from "node:crypto";
import SftpClient from "ssh2-sftp-client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { uploads } from "@/db/schema";
import { finishUpload } from "@/lib/connection/intake/worker/finish-upload";
import { takeUpload } from "@/lib/connection/intake/worker/take-upload";
import { asSystem } from "@/lib/platform/worker-context";
import { openDoor, startTestIntake } from "@/testing/fixtures/intake";
import { only } from "@/testing/fixtures/only";
import {
  CRM_RIGHTS,
  createSuperOfficeWorld,
  driveTenant,
  type SuperOfficeWorld,
} from "@/testing/fixtures/superoffice-world";
import { untilWaiting } from "@/testing/fixtures/until-waiting";
import { moveRow } from "./move-row";
import { waitForParent } from "./wait-for-parent";

let world: SuperOfficeWorld;
let own: Awaited<ReturnType<typeof driveTenant>>;
beforeAll(async () => {
  world = await createSuperOfficeWorld({
    technicalUser: { username: "Esimerkki CRM Sync", rights: CRM_RIGHTS },
  });
});
afterAll(() => world.close());
beforeEach(async () => {
  own = await driveTenant(world);
});

const COMPANY = { CompUserKey01: "10045", Name: "Aapasuon Autohuolto Oy" };
const PERSON = { PersUserKey01: "P1", CompUserKey01: "10045", LastName: "Mallikas" };
const SALE = { SaleUserKey01: "S1", CompUserKey01: "10045", PersUserKey01: "P1", Heading: "Winter tyres" };

const records = () => {
  const crm = world.sandbox.getState().crms[own.tenantId];
  const { Contact = [], Person = [], Sale = [] } = crm?.records ?? {};
  const byName = Contact.toSorted((a, b) => String(a.Name).localeCompare(String(b.Name)));
  return { companies: byName, persons: Person, sales: Sale };
};
const count = () => Object.values(records()).map(({ length }) => length);
const countCalls = async () => (await world.sandbox.readStats()).calls.length;

test("rows come in any order: children wait for their parents, and the same again is unchanged", async () => {
  await own.deliver([SALE], "sales");
  await own.pump();
  expect(await own.tellRows()).toEqual(["S1 waiting: parent_missing"]);
  await own.deliver([PERSON], "persons");
  await own.pump();
  expect(count()).toEqual([0, 0, 0]);
  await own.deliver([COMPANY], "companies");
  await own.pump();
  expect(await own.tellRows()).toEqual(["S1 written", "P1 written", "10045 written"]);
  expect(records()).toMatchObject({
    persons: [{ Contact: { ContactId: records().companies[0]?.ContactId } }],
    sales: [{ Person: { PersonId: records().persons[0]?.PersonId } }],
  });
  const calls = await countCalls();
  await own.deliver([COMPANY], "companies");
  await own.deliver([SALE], "sales");
  await own.pump();
  expect((await own.tellRows()).slice(3)).toEqual(["10045 unchanged", "S1 unchanged"]);
  expect(await countCalls()).toBe(calls);
});

test("rows that are written at once add an item to a list once", async () => {
  const rows = ["1", "2", "3", "4", "5"].map((key) => ({ CompUserKey01: key, Name: key, Business: "Cars" }));
  await own.deliver(rows, "companies");
  await own.pump();
  expect(count()).toEqual([5, 0, 0]);
  const { business = [] } = world.sandbox.getState().crms[own.tenantId]?.lists ?? {};
  expect(business.filter(({ name }) => name === "Cars")).toHaveLength(1);
});

test.each([
  ["write", "queued", null],
  ["refuse", "rejected", "parent_rejected"],
] as const)(
  "a child that begins to wait while its parent comes to an end (%s) does not wait for ever",
  async (event, state, cause) => {
    await own.deliver([COMPANY], "companies");
    await own.deliver([PERSON], "persons");
    const { context } = world;
    const work = await own.findWork();
    const [parent, child] = await own.listRows();
    if (!parent || !child) throw new Error("two rows were delivered");
    const begin = (row: typeof parent) =>
      asSystem(context, "test", (tx) => moveRow(tx, work, row, { event: "send", sentUnder: randomUUID() }));
    await begin(parent);
    await begin(child);
    let waiting: Promise<void> = Promise.resolve();
    await asSystem(context, "test", async (tx) => {
      const record =
        event === "write" ? { record: { vendorId: "7", label: null } } : { cause: "vendor_refused" as const };
      await moveRow(tx, work, { ...parent, state: "sending" }, { event, ...record });
      waiting = asSystem(context, "test", (other) =>
        waitForParent(
          other,
          work,
          { ...child, state: "sending" },
          { entity: "companies", key: COMPANY.CompUserKey01 },
        ),
      );
      await untilWaiting(world.database, waiting);
    });
    await waiting;
    expect((await own.listRows())[1]).toMatchObject({ state, cause });
  },
);

test("the same key names another record in each entity", async () => {
  await own.deliver([{ PersUserKey01: "7", LastName: "Mallikas", CompUserKey01: "7" }], "persons");
  await own.pump();
  expect(await own.tellRows()).toEqual(["7 waiting: parent_missing"]);
  await own.deliver([{ CompUserKey01: "7", Name: "Seitsemän Oy" }], "companies");
  await own.pump();
  expect(await own.tellRows()).toEqual(["7 written", "7 written"]);
});

test("children fall with a parent that is rejected", async () => {
  await own.deliver([PERSON], "persons");
  await own.pump();
  await own.deliver([{ ...COMPANY, CountryName: "Atlantis" }], "companies");
  await own.pump();
  expect(await own.tellRows()).toEqual([
    "P1 rejected: parent_rejected",
    "10045 rejected: list_value_unknown",
  ]);
});

test("a lost answer is made good, and nothing is made twice", async () => {
  await world.sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/v1/Contact" } });
  await own.deliver([COMPANY], "companies");
  await own.pump();
  expect(await own.tellRows()).toEqual(["10045 unknown"]);
  for (let round = 0; round < 3; round += 1) {
    await own.makeDue();
    await own.pump();
  }
  expect(await own.tellRows()).toEqual(["10045 written"]);
  expect(count()).toEqual([1, 0, 0]);
});

test("a record that somebody changes all the time is tried again, not rejected", async () => {
  await own.deliver([COMPANY], "companies");
  await own.pump();
  await world.sandbox.setFaults({ editsBeforePatch: 2 });
  await own.deliver([{ ...COMPANY, Name: "New name" }], "companies");
  await own.pump();
  expect(await own.tellRows()).toEqual(["10045 written", "10045 queued"]);
  await own.makeDue();
  await own.pump();
  expect(records().companies).toMatchObject([{ Name: "New name" }]);
});

test("files over sFTP become companies, persons and sales, each row with its result", async () => {
  const intake = await startTestIntake(world.database, world.context);
  const { integrationId, userName, password } = await openDoor(world.database, own.viewer, own.connectionId);
  const client = new SftpClient("test", { error: () => {}, end: () => {}, close: () => {} });
  await client.connect({ host: "127.0.0.1", port: intake.server.port, username: userName, password });
  const send = async (name: string, header: string, ...lines: string[]) => {
    const rows = [`IntegrationID;${header};IntegrationIDCheck`];
    for (const line of lines) rows.push(`${integrationId};${line};${integrationId}`);
    await client.put(Buffer.from(`${rows.join("\r\n")}\r\n`), `/${name}`);
    await world.database.admin.sql`update uploads set touched_at = now() - interval '10 seconds'`;
    const upload = only(
      (await world.database.admin.orm.select().from(uploads)).filter((one) => one.name === name),
    );
    expect(await takeUpload(world.context, upload.id)).toBe(true);
    await own.pump();
    return upload.id;
  };
  const result = async (uploadId: string, name: string) => {
    expect(await finishUpload(world.context, uploadId)).toBe(true);
    return String(await client.get(`/Result/${name}.result.csv`))
      .split("\r\n")
      .slice(1, -1)
      .map((line) => line.split(";").slice(1, 3).join(" "));
  };
  try {
    const sales = await send(
      "Sale_2026-11-30.csv",
      "SaleUserKey01;CompUserKey01;Heading;Amount;EarningPercent",
      "S1;1;Talvirenkaat;1049,90;83,5",
      "S2;2;Kesärenkaat;abc;5",
    );
    const companies = await send(
      "Company_2026-11-30.csv",
      "CompUserKey01;Name;Category;CountryName;AssociateName",
      "1;Aapasuon Autohuolto Oy;Partner;Finland;AINOE",
      ";Without a key;Partner;Finland;AINOE",
      "2;Betonin Oy;partner;FIN;NOBODY",
    );
    expect(await result(companies, "Company_2026-11-30")).toEqual(["1 written", " rejected", "2 written"]);
    expect(await result(sales, "Sale_2026-11-30")).toEqual(["S1 written", "S2 rejected"]);
  } finally {
    await client.end();
    await intake.server.close();
  }
  expect(records()).toMatchObject({
    companies: [
      { Category: { Value: "Partner" }, Associate: { AssociateId: 5 }, Country: { CountryId: 246 } },
      { Category: { Value: "partner" }, Associate: { AssociateId: 1 } },
    ],
    sales: [{ Amount: 1049.9, EarningPercent: 83.5, Earning: 876.67 }],
  });
});

describe("what was not accepted", () => {
  let narrow: SuperOfficeWorld;
  beforeAll(async () => {
    narrow = await createSuperOfficeWorld();
  });
  afterAll(() => narrow.close());

  test("is never sent, whichever door took it in", async () => {
    const connected = await driveTenant(narrow);
    await connected.deliver([PERSON], "persons");
    await connected.deliver([COMPANY], "companies");
    const before = (await narrow.sandbox.readStats()).calls.length;
    await connected.pump();
    expect(await connected.tellRows()).toEqual(["P1 waiting: rights_missing", "10045 written"]);
    const { calls } = await narrow.sandbox.readStats();
    expect(calls.slice(before).filter(({ path }) => path.includes("Person"))).toEqual([]);
  });

  test("is no entity of a file", async () => {
    const connected = await driveTenant(narrow);
    const intake = await startTestIntake(narrow.database, narrow.context);
    const door = await openDoor(narrow.database, connected.viewer, connected.connectionId);
    const client = new SftpClient("test", { error: () => {}, end: () => {}, close: () => {} });
    const { userName: username, password } = door;
    await client.connect({ host: "127.0.0.1", port: intake.server.port, username, password });
    try {
      await client.put(
        Buffer.from("IntegrationID;PersUserKey01;LastName;IntegrationIDCheck\r\n"),
        "/Person.csv",
      );
      await narrow.database.admin.sql`update uploads set touched_at = now() - interval '10 seconds'`;
      const upload = only(await narrow.database.admin.orm.select().from(uploads));
      expect(await takeUpload(narrow.context, upload.id)).toBe(true);
      expect(String(await client.get("/Log/Person.csv.log"))).toContain("companies");
    } finally {
      await client.end();
      await intake.server.close();
    }
  });
});
