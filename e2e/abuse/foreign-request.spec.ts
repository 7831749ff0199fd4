import { demo } from "../support/demo";
import { expect, test } from "./support/test";
import type { Victim } from "./support/victim";

function expectNothingOf(victim: Victim, text: string): void {
  for (const secret of victim.secrets) expect(text).not.toContain(secret);
}

for (const step of ["", "/partner-steps"]) {
  test(`somebody else's request${step} is a 404 in the page, its title and its payload`, async ({
    attacker: { page },
    target,
  }) => {
    for (const id of [target.pageRequestId, target.formRequestId]) {
      const path = `/requests/${id}${step}`;
      const response = await page.goto(path);
      expect(response?.status()).toBe(404);
      expectNothingOf(target, `${await page.title()} ${await page.content()}`);
      expectNothingOf(target, (await response?.text()) ?? "");

      const payload = await page.request.get(path, { headers: { RSC: "1" } });
      expect(payload.url()).toContain(path);
      expectNothingOf(target, await payload.text());
    }
  });
}

test("its JSON and its event stream are an empty 404", async ({ attacker: { page }, target }) => {
  for (const path of ["", "/events"]) {
    const answer = await page.request.get(`/api/requests/${target.pageRequestId}${path}`);
    expect(answer.status()).toBe(404);
    expect(await answer.text()).toBe("");
  }
});

test("no code for the partner's page is minted for it", async ({ attacker: { page }, target }) => {
  const { origin } = new URL(demo().portalUrl);
  const answer = await page.request.post(`/requests/${target.pageRequestId}/partner-page`, {
    headers: { origin },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toBe("");
});

test("what is no id at all is a 404 too", async ({ attacker: { page } }) => {
  const { origin } = new URL(demo().portalUrl);
  for (const id of ["1", "x'--", "..%2f..%2fhome", "0".repeat(36)]) {
    expect((await page.goto(`/requests/${id}`))?.status(), id).toBe(404);
    expect((await page.request.get(`/api/requests/${id}`)).status(), id).toBe(404);
    expect((await page.request.get(`/api/requests/${id}/events`)).status(), id).toBe(404);
    const opened = await page.request.post(`/requests/${id}/partner-page`, { headers: { origin } });
    expect(opened.status(), id).toBe(404);
  }
});

test("it is in nobody else's list, whatever cursor is asked for", async ({ attacker: { page }, target }) => {
  const beyond = "ffffffff-ffff-7fff-bfff-ffffffffffff";
  await page.goto(`/home?requests=${beyond}&connections=${beyond}`);
  const content = await page.content();
  expectNothingOf(target, content);
  expect(content).not.toContain(target.pageRequestId);
});

test("a visitor who is not signed in is sent to sign in, and told nothing", async ({
  openDevice,
  target,
}) => {
  const visitor = await openDevice();
  for (const step of ["", "/partner-steps"]) {
    await visitor.goto(`/requests/${target.pageRequestId}${step}`);
    await expect(visitor).toHaveURL(/\/sign-in\?/);
    expectNothingOf(target, await visitor.content());
  }
  const answer = await visitor.request.get(`/api/requests/${target.pageRequestId}`);
  expect(answer.status()).toBe(404);
});

test("the partner's page is opened by our own pages only", async ({ target }) => {
  const path = `/requests/${target.pageRequestId}/partner-page`;
  for (const origin of [undefined, "null", "https://evil.example", demo().sandboxUrl]) {
    const headers = origin === undefined ? undefined : { origin };
    const answer = await target.page.request.post(path, { headers, maxRedirects: 0 });
    expect(answer.status(), String(origin)).toBe(403);
  }
});
