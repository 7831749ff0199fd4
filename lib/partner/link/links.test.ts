import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { activationLinks, activationRequests } from "@/db/schema";
import { withScope } from "@/db/scope";
import type { Setting } from "@/lib/catalogue/integration/schema";
import { addReturnAddress } from "@/lib/catalogue/link/return-addresses";
import { sha256 } from "@/lib/core/hash";
import { actAsMember } from "@/lib/partner/organization/act-as-member";
import { PARTNER_ROLES } from "@/lib/partner/organization/roles";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createRequest } from "@/testing/fixtures/request";
import {
  changeLink,
  makeLink,
  makeLinkSession,
  prefillSettings,
  readPrefilled,
  withdrawOwnLink,
} from "./manage-links";
import { getLinkDetails, listLinkRows } from "./queries";
import { linkInput, sessionInput } from "./schema";

const PUBLIC = "https://portal.example";
let database: TestDatabase;
let integration: TestIntegration;
let owner: PartnerMember;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  integration = await createIntegration(database);
  owner = await createMember(database, integration.partner.id, "owner");
});

const typed = (over: Record<string, string> = {}) =>
  linkInput.parse({
    integrationId: integration.integrationId,
    label: "Spring",
    campaign: "",
    language: "",
    expiresOn: "",
    maxUses: "",
    ...over,
  });
const make = (over: Record<string, string> = {}, member = owner) =>
  asMember(database, member, (tx) => makeLink(tx, member, typed(over)));
const read = (id: string, member = owner) =>
  asMember(database, member, (tx) => getLinkDetails(tx, id, PUBLIC));
const tokenOf = async (id: string) =>
  only(await database.admin.orm.select().from(activationLinks).where(eq(activationLinks.id, id))).token;
const session = (over: Record<string, string> = {}) =>
  sessionInput.parse({
    integrationId: integration.integrationId,
    customerRef: "crm-1",
    email: "",
    language: "",
    businessIds: "",
    returnUrl: "",
    ...over,
  });

describe("a link", () => {
  test("has a name, a campaign, a language, an end and a number of requests, and all of them can change", async () => {
    const id = await make({ campaign: "Spring 27", language: "fi", maxUses: "2" });
    expect(await read(id)).toMatchObject({
      label: "Spring",
      campaign: "Spring 27",
      language: "fi",
      maxUses: 2,
      state: "live",
    });
    const { integrationId: _, ...change } = typed({ label: "Autumn", expiresOn: "2099-01-31" });
    await asMember(database, owner, (tx) => changeLink(tx, owner, id, change));
    expect(await read(id)).toMatchObject({
      label: "Autumn",
      campaign: null,
      maxUses: null,
      expiresAt: "2099-01-31T23:59:59.999Z",
    });
    await asMember(database, owner, (tx) => withdrawOwnLink(tx, owner, id));
    expect((await read(id)).state).toBe("withdrawn");
    await expect(asMember(database, owner, (tx) => changeLink(tx, owner, id, change))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("counts what opened it apart from the people who accepted, asked and are active", async () => {
    const id = await make({ maxUses: "1" });
    const token = await tokenOf(id);
    for (let times = 0; times < 2; times += 1)
      await withScope(database.web, { kind: "public", linkHash: sha256(token) }, (tx) =>
        tx.execute(sql`select kytkin.count_link_opening()`),
      );
    expect((await read(id)).figures).toMatchObject({ openings: 2, accepted: 0, submitted: 0, active: 0 });
    const { requestId } = await createRequest(database, await createViewer(database), integration);
    await database.admin.orm
      .update(activationRequests)
      .set({ linkToken: token })
      .where(eq(activationRequests.id, requestId));
    expect(await read(id)).toMatchObject({
      state: "used_up",
      figures: { openings: 2, accepted: 1, submitted: 1, active: 0 },
    });
  });

  test("nobody counts openings of a link that there is none of", async () => {
    await withScope(database.web, { kind: "public", linkHash: sha256("nothing") }, (tx) =>
      tx.execute(sql`select kytkin.count_link_opening()`),
    );
  });

  test("stands in pages, those of sessions apart", async () => {
    for (let index = 0; index < 27; index += 1) await make({ label: `Link ${index}` });
    await asMember(database, owner, (tx) => makeLinkSession(tx, owner, session()));
    const page = (before?: string) =>
      asMember(database, owner, (tx) => listLinkRows(tx, { kind: "shared", before }));
    const first = await page();
    expect(first.rows).toHaveLength(25);
    const second = await page(first.nextCursor ?? "");
    // The fixture's own one is there too.
    expect(second).toMatchObject({ nextCursor: null, rows: [{ label: "Link 1" }, { label: "Link 0" }, {}] });
    const sessions = await asMember(database, owner, (tx) => listLinkRows(tx, { kind: "session" }));
    expect(sessions.rows.map(({ label, state }) => [label, state])).toEqual([["crm-1", "live"]]);
  });
});

describe("a link session", () => {
  test("made by hand leads back to an allowed address alone", async () => {
    const returnUrl = "https://shop.example/kytkin/done";
    const tryIt = () => asMember(database, owner, (tx) => makeLinkSession(tx, owner, session({ returnUrl })));
    await expect(tryIt()).rejects.toMatchObject({ code: "invalid_input" });
    await asMember(database, owner, (tx) =>
      addReturnAddress(tx, actAsMember(owner, "test", "links.manage"), "https://shop.example/kytkin", false),
    );
    expect(await read(await tryIt())).toMatchObject({ kind: "session", customerRef: "crm-1", returnUrl });
  });

  test.each([
    ["9000602-6, 9000603-4\n 9000604-2 ", ["9000602-6", "9000603-4", "9000604-2"]],
    ["", []],
  ])("reads business ids from %j", (businessIds, expected) => {
    expect(session({ businessIds }).businessIds).toEqual(expected);
  });
});

const SETTINGS = [
  {
    name: "mode",
    type: "choice",
    label: "Mode",
    help: null,
    default: null,
    choices: [
      { value: "a", label: "A" },
      { value: "b", label: "B" },
    ],
  },
  { name: "copies", type: "number", label: "Copies", help: null, min: 1, max: 9, required: true },
  { name: "extra", type: "switch", label: "Extra", help: null, default: true },
  { name: "numbers", type: "number_range", label: "Numbers", help: null, required: false },
] satisfies Setting[];

describe("prefilled settings", () => {
  test("keep what is well formed, say what is not, and leave the rest to the customer", () => {
    expect(readPrefilled(SETTINGS, { mode: "b", "numbers.from": "5", "numbers.to": "9" })).toEqual({
      prefilled: { mode: "b", extra: "off", "numbers.from": "5", "numbers.to": "9" },
      problems: {},
    });
    expect(readPrefilled(SETTINGS, { mode: "z", copies: "10", "numbers.from": "9" }).problems).toEqual({
      mode: "choice",
      copies: "out_of_bounds",
      numbers: "range",
    });
  });

  test("are kept with the link", async () => {
    const id = await make();
    const given = { mode: "b", extra: "on" };
    const problems = await asMember(database, owner, (tx) =>
      prefillSettings(tx, owner, id, { settings: SETTINGS, given }),
    );
    expect(problems).toEqual({});
    expect((await read(id)).prefilled).toEqual({ mode: "b", extra: "on" });
  });
});

describe("who may", () => {
  test.each(PARTNER_ROLES)("an %s makes, changes and withdraws as the table says", async (role) => {
    const id = await make();
    const member = await createMember(database, integration.partner.id, role);
    expect((await read(id, member)).label).toBe("Spring");
    const { integrationId: _, ...change } = typed();
    const writes = [
      () => make({}, member),
      () => asMember(database, member, (tx) => changeLink(tx, member, id, change)),
      () => asMember(database, member, (tx) => prefillSettings(tx, member, id, { settings: [], given: {} })),
      () => asMember(database, member, (tx) => makeLinkSession(tx, member, session())),
      () => asMember(database, member, (tx) => withdrawOwnLink(tx, member, id)),
    ];
    for (const write of writes) {
      const code = await write().then(
        () => "done",
        (error: { code?: string }) => error.code,
      );
      expect(code).toBe(role === "owner" || role === "admin" ? "done" : "forbidden");
    }
  });

  test("somebody of another partner finds no link, and makes none to another's integration", async () => {
    const id = await make();
    const other = await createIntegration(database);
    const stranger = await createMember(database, other.partner.id, "owner");
    for (const attempt of [
      () => read(id, stranger),
      () => make({}, stranger),
      () => asMember(database, stranger, (tx) => withdrawOwnLink(tx, stranger, id)),
      () => asMember(database, stranger, (tx) => makeLinkSession(tx, stranger, session())),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  });
});
