import type { APIResponse } from "@playwright/test";
import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { PARTNER_ROLES } from "@/lib/partner/organization/roles";
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

async function expectNothing(answer: APIResponse, hidden: string[]): Promise<void> {
  expect(answer.status()).toBe(404);
  const text = await answer.text();
  for (const word of hidden) expect(text).not.toContain(word);
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

    const hidden = [NAME, company, person.email];
    const sections = [
      ["", "/requests", "/connections", "/applications", "/applications/new", "/links", "/links/new"],
      [
        "/links/sessions",
        "/links/sessions/new",
        "/webhooks",
        "/webhooks/new",
        "/keys",
        "/members",
        "/profile",
      ],
    ].flat();
    for (const path of [...sections, `/requests/${requestId}`])
      await expectNothing(await attacker.request.get(`${base}${path}`), hidden);
    await expectNothing(await attacker.request.get(`/api${base}/events`), hidden);
    // The same request under one's own partner.
    await expectNothing(
      await attacker.request.get(`/partner/${own.slug}/requests/${requestId}`),
      hidden.slice(1),
    );

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
