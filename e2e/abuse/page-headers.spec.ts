import type { APIRequestContext } from "@playwright/test";
import { demo } from "../support/demo";
import { expect, test } from "./support/test";

const HEADERS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};
const TAG = /<[a-z][^>]*>/gi;

/** A page as it comes over the wire, with the nonce that its policy allows. */
async function load(request: APIRequestContext, path: string) {
  const response = await request.get(path);
  const headers = response.headers();
  expect(headers, path).toMatchObject(HEADERS);
  expect(headers["x-powered-by"], path).toBeUndefined();
  expect(headers["referrer-policy"], path).toMatch(/^strict-origin/);
  const policy = headers["content-security-policy"] ?? "";
  for (const part of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    expect(policy, path).toContain(part);
  const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? "";
  expect(scripts, path).not.toMatch(/unsafe-(inline|eval)|https?:|\*/);
  const nonce = /'nonce-([^']{20,})'/.exec(scripts)?.[1] ?? Promise.reject(new Error(`no nonce: ${path}`));
  return { html: await response.text(), nonce: await nonce };
}

async function expectNoForeignCode(request: APIRequestContext, path: string): Promise<void> {
  const { html, nonce } = await load(request, path);
  const tags = html.match(TAG) ?? [];
  const scripts = tags.filter((tag) => /^<script\b/i.test(tag));
  expect(scripts.length, path).toBeGreaterThan(0);
  for (const script of scripts) expect(script, path).toContain(`nonce="${nonce}"`);
  for (const tag of tags) expect(tag, path).not.toMatch(/\son[a-z]+\s*=|=["']?\s*javascript:/i);
  expect((await load(request, path)).nonce, "a nonce is used once").not.toBe(nonce);
}

test("every page of a visitor allows its own scripts alone", async ({ request }) => {
  const paths = [
    "/",
    "/en",
    "/sv/integrations/esimerkki-orders",
    new URL(demo().activationLinks.automatic).pathname,
    "/a/no-such-link",
    "/sign-in",
    "/sign-in/link?token=none",
    "/sign-in/error?code=link_used",
    "/connect/confirm?token=none",
    "/connect/confirm?done=1",
    "/no-such-page",
  ];
  for (const path of paths) await expectNoForeignCode(request, path);
});

test("every page of a customer allows its own scripts alone", async ({ target }) => {
  const link = new URL(demo().activationLinks.page).pathname;
  const paths = [
    "/home",
    link,
    `/requests/${target.pageRequestId}`,
    `/requests/${target.formRequestId}/partner-steps`,
    "/requests/no-such-request",
    "/connect/esimerkki-orders/continue",
  ];
  for (const path of paths) await expectNoForeignCode(target.page.request, path);
});

test("nothing of a customer is kept in a cache on the way", async ({ target }) => {
  for (const path of [
    "/home",
    `/requests/${target.pageRequestId}`,
    `/api/requests/${target.pageRequestId}`,
  ]) {
    const response = await target.page.request.get(path);
    expect(response.status(), path).toBe(200);
    expect(response.headers()["cache-control"], path).toMatch(/no-store/);
  }
});

test("an injected handler does not run", async ({ page, complaints }) => {
  complaints.expect(/Content Security Policy|404/);
  await page.goto("/");
  const refused = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        document.body.insertAdjacentHTML("beforeend", '<img src="/nothing" onerror="document.title = 1">');
      }),
  );
  expect(refused).toBe("script-src-attr");
  await expect(page).not.toHaveTitle("1");
});

test("no other site can put the portal into a frame", async ({ page, complaints }) => {
  complaints.expect(/frame|X-Frame-Options|ERR_BLOCKED_BY_RESPONSE|404/);
  await page.goto(demo().sandboxUrl);
  await page.evaluate((url) => {
    const frame = Object.assign(document.createElement("iframe"), { src: url });
    document.body.append(frame);
  }, demo().portalUrl);
  await expect.poll(() => page.frames()[1]?.url()).toContain("chrome-error:");
});
