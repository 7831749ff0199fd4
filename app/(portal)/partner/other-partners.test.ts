import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { sessions } from "@/db/schema";
import { makeEmptyDraft } from "@/lib/catalogue/draft/empty";
import { sha256 } from "@/lib/core/hash";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { startWebProcess } from "@/testing/fixtures/web-process";
import { createTenant, type Tenant } from "@/testing/tenancy/tenant";

/*
 * Every server action of the console, as a program calls it that does not care for our forms: by an owner of another partner, with the
 * victim's partner in the address, and with the actor's own partner and ids of the victim that exist. An action that is not known here
 * fails the test.
 */

const browser = vi.hoisted(() => ({ session: "" }));
// What Next gives an action of the request that it answers. Everything behind it is real.
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (name.includes("session") ? { name, value: browser.session } : undefined),
    has: () => false,
  }),
  headers: async () => new Headers(),
}));
vi.mock("next/cache", () => ({ revalidatePath: () => {}, revalidateTag: () => {} }));

const CONSOLE = join(import.meta.dirname, "[partner]");
const FILES = readdirSync(CONSOLE, { recursive: true, encoding: "utf8" })
  .filter((file) => /actions\.ts$/.test(file))
  .sort();

type Action = (...args: unknown[]) => Promise<unknown>;
type Given = { folder: string; run: Action };
const actions: [string, Given][] = [];
for (const file of FILES) {
  const exported: Record<string, Action> = await import(/* @vite-ignore */ join(CONSOLE, file));
  for (const [name, run] of Object.entries(exported))
    actions.push([name, { folder: file.split("/").slice(0, -1).join("/"), run }]);
}

let database: TestDatabase;
let stopWeb: () => Promise<void>;
let actor: Tenant;
let victim: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  stopWeb = startWebProcess(database);
  actor = await createTenant(database.admin.sql, "actor");
  victim = await createTenant(database.admin.sql, "victim");
  browser.session = randomUUID();
  await database.admin.orm.insert(sessions).values({
    tokenHash: sha256(browser.session),
    userId: actor.userId,
    expiresAt: new Date(Date.now() + 3_600_000),
  });
});
// What is published, scheduled or withdrawn in the console is an approved version.
beforeEach(async () => {
  await database.admin.sql`update specifications set state = 'approved'`;
});
afterAll(async () => {
  await stopWeb();
  await database.close();
});

/** The id of a tenant's row, or of none. */
type Find = (table: string, column?: string) => string;
const of =
  (tenant: () => Tenant): Find =>
  (table, column = "id") => {
    const value = tenant().rows.get(table)?.[0]?.[column];
    if (typeof value !== "string") throw new Error(`${table}.${column} is missing`);
    return value;
  };
const nobodys: Find = (_, column = "id") =>
  column === "slug" ? "there-is-none" : "01a1ff8c-5299-72ac-a454-4cf242a5d67f";

/** What stands in the address, by the folder of the action's page. */
const IN_ADDRESS: Record<string, (find: Find) => string> = {
  applications: (find) => find("vendor_applications"),
  links: (find) => find("activation_links"),
  webhooks: (find) => find("webhook_endpoints"),
  "integrations/[integration]": (find) => find("integrations", "slug"),
  "integrations/[integration]/edit": (find) => find("integrations", "slug"),
};

/** All fields of all forms: each action takes those that it knows. */
function fillForm(find: Find, own: Record<string, string> = {}): FormData {
  const form = new FormData();
  const day = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  const fields: Record<string, string> = {
    requestId: find("activation_requests"),
    requestIds: find("activation_requests"),
    mailId: find("outbox_mails"),
    connectionId: find("connections"),
    holdId: find("holds"),
    specificationId: find("specifications"),
    integrationId: find("integrations"),
    copyOf: find("integrations"),
    vendorApplicationId: find("vendor_applications"),
    mainLanguage: "en",
    applicationId: find("vendor_applications"),
    keyId: find("api_keys"),
    userId: find("partner_members", "user_id"),
    invitationId: find("partner_invitations"),
    addressId: find("return_addresses"),
    viewId: find("partner_views"),
    deliveryId: find("webhook_deliveries"),
    [`choice.${find("activations", "environment_id")}`]: "approve",
    choice: "approve",
    extent: "connection",
    expected: "1",
    reason: "The agreement has ended.",
    typed: find("integrations", "slug"),
    name: "Another name",
    slug: `made-${randomUUID().slice(0, 8)}`,
    label: "Autumn",
    customerRef: "17",
    list: "requests",
    query: "",
    role: "support",
    email: `${randomUUID().slice(0, 8)}@example.com`,
    address: "https://actor.example/back",
    stage: "test",
    state: "paused",
    connector: "procountor",
    clientId: "made",
    what: "live",
    which: "all",
    url: "https://actor.example/hooks",
    description: "Another",
    states: "failed",
    from: "",
    to: new Date(Date.now() + 86_400_000).toISOString(),
    at: new Date(Date.now() + 86_400_000).toISOString().slice(0, 16),
    body: "Written by somebody else",
    note: "Written by somebody else",
    revision: "1",
    day,
    until: day,
    zone: "UTC",
    replacementName: "",
    replacementUrl: "",
    scopes: "requests.read",
    expires: "90",
    digest: "off",
    waitingHours: "",
    rejectionPercent: "",
    tellsAttention: "",
    notifyEmail: "actor@partner.example",
  };
  for (const [field, value] of Object.entries({ ...fields, ...own })) form.append(field, value);
  return form;
}

/** Where two forms call different things alike. */
const FIELDS_OF: Record<string, Record<string, string>> = { extendDeadlineAction: { to: "2" } };

/** What comes back: of a form its state, or how Next was told to answer. */
async function call(name: string, { folder, run }: Given, partner: string, find: Find) {
  const inAddress = IN_ADDRESS[folder]?.(find);
  const form = fillForm(find, FIELDS_OF[name]);
  const byLength: Record<number, unknown[]> = {
    2: [partner, inAddress],
    3: [partner, { status: "idle" }, form],
    4: [partner, inAddress, { status: "idle" }, form],
  };
  const args = byLength[run.length];
  if (!args || args.includes(undefined))
    throw new Error("an action with other arguments has to be named in this test");
  return answerOf(() => run(...args));
}

async function answerOf(work: () => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await work());
  } catch (error) {
    const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
    if (!digest) throw error;
    return digest.split(";").slice(0, 2).join(";");
  }
}
const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
const NOT_FOUND = "NEXT_HTTP_ERROR_FALLBACK;404";

/** These are called with what their pages hold, and not with a form. */
const UNUSUAL: Record<string, (run: Action, partner: string, find: Find) => Promise<unknown>> = {
  saveDraftAction: (run, partner, find) =>
    run(partner, find("integrations", "slug"), {
      content: makeEmptyDraft("Another name", "en"),
      revision: 1,
      writer: randomUUID(),
      sequence: 1,
    }),
  replayDeliveryAction: (run, partner, find) =>
    run(partner, find("webhook_endpoints"), find("webhook_deliveries")),
  readFileAction: (run, partner, find) => {
    const form = new FormData();
    form.append("file", new File(["{}"], "specification.json"));
    return run(partner, find("integrations", "slug"), form);
  },
};

/** Nothing of anybody's is named: they make something of the partner's own, or change its own. */
const NAMES_NOTHING = [
  "addReturnAddressAction",
  "createApplicationAction",
  "createEndpointAction",
  "createKeyAction",
  "inviteMemberAction",
  "removeLogoAction",
  "saveAlertsAction",
  "saveProfileAction",
  "saveViewAction",
  "setLogoAction",
];

async function readVictim(): Promise<Map<string, string>> {
  const { sql } = database.admin;
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'partner_id' and table_name <> 'audit_log' order by 1`;
  const read = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await sql<{ digest: string }[]>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest
      from ${sql(name)} t where partner_id = ${victim.partnerId}`;
    read.set(name, row?.digest ?? "");
  }
  return read;
}

const attempt = (name: string, given: Given, partner: string, find: Find) => {
  const unusual = UNUSUAL[name];
  return unusual ? answerOf(() => unusual(given.run, partner, find)) : call(name, given, partner, find);
};

describe("a server action of the console", () => {
  test.each(actions)("does nothing under another's partner: %s", async (name, given) => {
    const before = await readVictim();
    const answer = await attempt(
      name,
      given,
      "victim",
      of(() => victim),
    );
    expect([NOT_FOUND, '{"kind":"refused","code":"not_found"}']).toContain(answer);
    expect(await readVictim()).toEqual(before);
  });

  test.each(actions)(
    "does nothing with another partner's ids under the own partner: %s",
    async (name, given) => {
      const before = await readVictim();
      const answer = await attempt(
        name,
        given,
        "actor",
        of(() => victim),
      );
      expect(await readVictim()).toEqual(before);
      if (NAMES_NOTHING.includes(name)) return;
      expect(answer).toMatch(/not_found|conflict|NEXT_HTTP_ERROR_FALLBACK;404/);
      const unknown = await attempt(name, given, "actor", nobodys);
      expect(answer.replaceAll(ID, ""), "as what does not exist").toBe(unknown.replaceAll(ID, ""));
    },
  );

  test.each(actions.filter(([name]) => !NAMES_NOTHING.includes(name)))(
    "finds the partner's own, so that what was tried above was no empty place: %s",
    async (name, given) => {
      const answer = await attempt(
        name,
        given,
        "actor",
        of(() => actor),
      );
      expect(answer).not.toMatch(/not_found|NEXT_HTTP_ERROR_FALLBACK;404/);
      // Its fields are the vendor's own: it was found, since its connector was read.
      if (name !== "changeApplicationAction") expect(answer).not.toMatch(/invalid_input/);
    },
  );
});
