import { demo } from "../support/demo";
import { getSignInCode } from "../support/mail";
import { makeAddress } from "../support/person";
import { getSignInLink, requestSignInMail, signInByLink } from "../support/sign-in";
import { forgeForm, postForm } from "./support/forge";
import { expect, test } from "./support/test";

const SESSION = "kytkin_session";
const isOurs = (url: URL): boolean => url.origin === new URL(demo().portalUrl).origin;

const ELSEWHERE = [
  "https://evil.example",
  "https://evil.example/home",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  "/.//evil.example",
  "/home/..//evil.example",
  "http:evil.example",
  "javascript:alert(1)",
  "data:text/html,evil",
  "@evil.example",
  ".evil.example",
  "/sign-in/error?code=link_used",
  `/${"a".repeat(3000)}`,
];

test("nobody is led to another site after sign-in", async ({ request, attacker }) => {
  for (const wanted of ELSEWHERE) {
    const query = new URLSearchParams({ callbackUrl: wanted });
    const form = await (await request.get(`/sign-in?${query}`)).text();
    expect(form, wanted).toContain('name="callbackUrl" value="/home"');
    const problem = await (await request.get(`/sign-in/error?${query}`)).text();
    const links = [...problem.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)].map(([, href]) => href);
    expect(links, wanted).toContain("/sign-in");
    for (const link of links) expect(link, wanted).toMatch(/^(#|\/$|\/sign-in$)/);
    const signedIn = await attacker.page.request.get(`/sign-in?${query}`, { maxRedirects: 0 });
    expect(signedIn.headers().location, wanted).toBe("/home");
  }
});

test("a forged callback leads home", async ({ page }) => {
  const email = makeAddress("customer");
  await page.goto("/sign-in");
  const callback = page.locator('main input[name="callbackUrl"]');
  await callback.evaluate((input: HTMLInputElement) =>
    Object.assign(input, { value: "//evil.example/home" }),
  );
  const link = getSignInLink(await requestSignInMail(page, email));
  expect(link.href).not.toContain("evil");
  await page.goto(link.href);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("/home");
  expect(isOurs(new URL(page.url()))).toBe(true);
});

test("a scanner that opens the link signs nobody in and does not use it up", async ({ page, openDevice }) => {
  const email = makeAddress("customer");
  await page.goto("/sign-in");
  const link = getSignInLink(await requestSignInMail(page, email)).href;
  const scanner = await openDevice();
  for (const method of ["HEAD", "GET", "GET"]) await scanner.request.fetch(link, { method });
  await scanner.goto(link);
  await expect(scanner.getByText("This browser did not ask for the link")).toBeVisible();
  await expect(scanner.getByText(email)).toHaveCount(0);
  expect((await scanner.context().cookies()).map(({ name }) => name)).not.toContain(SESSION);
  await scanner.goto("/home");
  await expect(scanner).toHaveURL(/\/sign-in\?/);

  await page.goto(link);
  await expect(page.getByText("This browser did not ask for the link")).toHaveCount(0);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("/home");
});

test("a link works once: its replay signs nobody in", async ({ page, openDevice }) => {
  await page.goto("/sign-in");
  const link = getSignInLink(await requestSignInMail(page, makeAddress("customer"))).href;
  const thief = await openDevice();
  await thief.goto(link);
  const prepared = await forgeForm(thief.locator("main form"));
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("/home");

  await postForm(thief, prepared);
  expect((await thief.context().cookies()).map(({ name }) => name)).not.toContain(SESSION);
  await thief.goto(link);
  await expect(thief.getByRole("heading", { name: "The sign-in link was used already" })).toBeVisible();
  await thief.goto("/home");
  await expect(thief).toHaveURL(/\/sign-in\?/);
});

test("a form that another site sends signs nobody in", async ({ page, complaints }) => {
  complaints.expect(/500/);
  await page.goto("/sign-in");
  const link = getSignInLink(await requestSignInMail(page, makeAddress("customer"))).href;
  await page.goto(link);
  const form = await forgeForm(page.locator("main form"));
  for (const origin of ["https://evil.example", "null", demo().sandboxUrl]) {
    const answer = await postForm(page, form, origin);
    expect(answer.status(), origin).toBe(500);
    expect(answer.headers()["set-cookie"]).toBeUndefined();
  }
  const own = await postForm(page, form);
  expect(own.status()).toBe(303);
  expect(own.headers()["set-cookie"]).toMatch(/^kytkin_session=[^;]+;.*HttpOnly.*SameSite=lax/i);
});

test("five wrong codes end the right one too", async ({ page }) => {
  await page.goto("/sign-in");
  const message = await requestSignInMail(page, makeAddress("customer"));
  const right = getSignInCode(message);
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, "0");
  await page.waitForURL("/sign-in/check");
  await page.reload();
  const form = page.locator("main form", { has: page.locator('input[name="code"]') });
  const guess = await forgeForm(form, { code: wrong });
  for (let tries = 1; tries <= 4; tries += 1)
    expect(await (await postForm(page, guess)).text()).toContain("The code is not right");
  const fifth = await postForm(page, guess);
  expect(fifth.headers().location).toContain("code=too_many_codes");
  const late = await postForm(page, await forgeForm(form, { code: right }));
  expect(late.headers().location).toContain("code=too_many_codes");
  await page.goto("/home");
  await expect(page).toHaveURL(/\/sign-in\?/);
});

test("a code is of no use in a browser that did not ask for it", async ({ page, openDevice }) => {
  const email = makeAddress("customer");
  await page.goto("/sign-in");
  const code = getSignInCode(await requestSignInMail(page, email));
  const thief = await openDevice();
  await thief.goto("/sign-in");
  await requestSignInMail(thief, makeAddress("thief"));
  await thief.waitForURL("/sign-in/check");
  await thief.reload();
  const form = thief.locator("main form", { has: thief.locator('input[name="code"]') });
  expect(await (await postForm(thief, await forgeForm(form, { code }))).text()).toContain(
    "The code is not right",
  );
  expect((await thief.context().cookies()).map(({ name }) => name)).not.toContain(SESSION);
});

test("of next-auth's own routes none but the session's is there", async ({ page }) => {
  const routes = ["signin", "signin/email", "callback/email", "callback/credentials", "signout", "csrf"];
  for (const route of [...routes, "providers", "error", "verify-request", "_log", "session/x", ""]) {
    for (const method of ["GET", "POST"]) {
      const answer = await page.request.fetch(`/api/auth/${route}`, { method, maxRedirects: 0 });
      // Next takes a slash at the end away before it looks.
      expect(route === "" ? [308, 404] : [404], `${method} ${route}`).toContain(answer.status());
      expect(answer.headers()["set-cookie"]).toBeUndefined();
    }
  }
  expect((await page.request.post("/api/auth/session")).status()).toBe(404);
  expect(await (await page.request.get("/api/auth/session")).json()).toEqual({});
});

test("cookies are out of reach for scripts and other sites", async ({ page }) => {
  await signInByLink(page, makeAddress("customer"));
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name)).toContain(SESSION);
  // The browser writes its own time zone, and nothing else.
  for (const cookie of cookies.filter(({ name }) => name !== "kytkin_zone"))
    expect(cookie, cookie.name).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  await expect.poll(() => page.evaluate(() => document.cookie)).toBe("kytkin_zone=Europe/Helsinki");
});
