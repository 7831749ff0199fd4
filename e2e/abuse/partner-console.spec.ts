import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import type { APIResponse } from "@playwright/test";
import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { PARTNER_ROLES } from "@/lib/partner/organization/roles";
import { withDatabase } from "../support/database";
import { demo } from "../support/demo";
import { seeded } from "../support/integration";
import { makeMember, makePartner } from "../support/partner-console";
import { makePerson } from "../support/person";
import { signIn } from "../support/sign-in";
import { submitAll } from "../support/submit-all";
import { forgeForm, postForm } from "./support/forge";
import { expect, test } from "./support/test";

const NAME = "Esimerkki Software Oy";
const base = `/partner/${DEMO_PARTNER_SLUG}`;

/** Every page and route of a partner's console, as the files have them: `/requests/[id]`. */
const CONSOLE = "app/(portal)/partner/[partner]";
const CONSOLE_PATHS = readdirSync(CONSOLE, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)(page\.tsx|route\.tsx?)$/.test(file))
  .map((file) => `/${file.replace(/\/?(page\.tsx|route\.tsx?)$/, "")}`.replace(/^\/$/, ""))
  .sort();

/** What stands in the place of a parameter: a thing of the demo's partner. A page with another parameter fails until it is named here. */
type Ids = Record<string, string>;
function fillIn(path: string, ids: Ids): string {
  const filled = path
    .split("/")
    .map((part, index, parts) => {
      if (!part.startsWith("[")) return part;
      const id = ids[`${parts[index - 1]}/${part}`];
      if (id === undefined) throw new Error(`${path} needs an id of the demo's partner for ${part}`);
      return id;
    })
    .join("/");
  return filled;
}

async function findIds(requestId: string, connection: string): Promise<Ids> {
  const [row] = await withDatabase(
    ({ sql }) => sql<Record<"application" | "link" | "integration", string>[]>`
      select (select id from vendor_applications where partner_id = p.id limit 1) as application,
        (select id from activation_links where partner_id = p.id limit 1) as link,
        (select slug from integrations where partner_id = p.id limit 1) as integration
      from partners p where p.slug = ${DEMO_PARTNER_SLUG}`,
  );
  if (!row) throw new Error("the demo has no partner");
  // Of these the demo's partner has none: whether one exists makes no difference to what a stranger is told.
  const none = randomUUID();
  return {
    "requests/[id]": requestId,
    "applications/[id]": row.application,
    "connections/[id]": connection,
    "links/[id]": row.link,
    "integrations/[integration]": row.integration,
    "webhooks/[id]": none,
    "deliveries/[delivery]": none,
    "comparisons/[comparisonId]": none,
    "ends/[ask]": none,
  };
}

/** The connection that comes of a request. */
async function waitForConnection(requestId: string): Promise<string> {
  const find = () =>
    withDatabase(async ({ sql }) => {
      const [row] = await sql<{ id: string }[]>`
        select c.id from connections c join activations a on a.id = c.activation_id where a.request_id = ${requestId}`;
      return row?.id;
    });
  await expect.poll(find).toBeTruthy();
  return (await find()) ?? "";
}

async function expectNothing(answer: APIResponse, hidden: string[]): Promise<void> {
  expect.soft(answer.status(), answer.url()).toBe(404);
  const text = await answer.text();
  for (const word of hidden) expect.soft(text, answer.url()).not.toContain(word);
}

for (const role of PARTNER_ROLES) {
  test(`${role} of one partner finds nothing of another's: pages, actions and streams`, async ({
    page,
    browser,
    complaints,
  }) => {
    const person = await makePerson("hidden", 1);
    const { requestId } = await submitAll(page, seeded("page"), { person });
    const company = person.companies[0]?.name ?? "";
    const own = await makePartner("Toinen Ohjelmisto Oy");
    const attacker = await (await browser.newContext()).newPage();
    complaints.follow(attacker.context());
    await signIn(attacker, await makeMember(own.slug, role), `/partner/${own.slug}`);
    await expect(attacker.getByRole("heading", { level: 1 })).toHaveText("Overview");

    const connected = await makePerson("connected", 1);
    const active = await submitAll(page, seeded("automatic"), { person: connected });
    const hidden = [NAME, company, person.email, connected.companies[0]?.name ?? "", connected.email];
    const ids = await findIds(requestId, await waitForConnection(active.requestId));
    for (const path of CONSOLE_PATHS) {
      await expectNothing(await attacker.request.get(`${base}${fillIn(path, ids)}`), hidden);
      // The same thing under one's own partner.
      if (path.includes("["))
        await expectNothing(
          await attacker.request.get(`/partner/${own.slug}${fillIn(path, ids)}`),
          hidden.slice(1),
        );
    }
    await expectNothing(await attacker.request.get(`/api${base}/events`), hidden);

    // A form that the admin's page sends, sent by the attacker's browser.
    const admin = await (await browser.newContext()).newPage();
    await signIn(admin, demo().users.partnerAdmin.email, `${base}/requests/${requestId}`);
    const note = admin.locator("form", { has: admin.locator('textarea[name="body"]') });
    const forged = await forgeForm(note, { body: "written by a stranger" });
    complaints.expect(/status of 404/);
    await attacker.goto(`${base}/requests/${requestId}`);
    expect(await attacker.title()).not.toContain(NAME);
    const answer = await postForm(attacker, forged);
    expect(answer.status()).toBe(404);
    await admin.reload();
    await expect(admin.getByText("written by a stranger")).toHaveCount(0);
    await admin.context().close();
    await attacker.context().close();
  });
}
