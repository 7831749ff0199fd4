import { expect, test } from "./support/test";

/** What browsers and crawlers ask for by themselves, with its type. */
const FILES: [string, string][] = [
  ["/favicon.ico", "image/x-icon"],
  ["/icon.svg", "image/svg+xml"],
  ["/icon-192.png", "image/png"],
  ["/icon-512.png", "image/png"],
  ["/apple-touch-icon.png", "image/png"],
  ["/apple-touch-icon-precomposed.png", "image/png"],
  ["/manifest.webmanifest", "application/manifest+json"],
];

test("icons, manifest and robots.txt are served to strangers, with their types, and may be kept", async ({
  request,
}) => {
  for (const [path, type] of FILES) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(200);
    const headers = answer.headers();
    expect(headers["content-type"], path).toContain(type);
    if (!path.includes("precomposed")) expect(headers["cache-control"], path).toBe("public, max-age=86400");
    expect(headers["set-cookie"], path).toBeUndefined();
    expect(headers["x-content-type-options"], path).toBe("nosniff");
  }
});

test("a page names the icons and the manifest, and its policy lets the browser have them", async ({
  page,
}) => {
  await page.goto("/sign-in");
  for (const selector of ['link[rel="icon"][href="/favicon.ico"]', 'link[rel="icon"][href="/icon.svg"]'])
    await expect(page.locator(selector)).toHaveCount(1);
  await expect(page.locator('link[rel="apple-touch-icon"]')).toHaveAttribute("href", "/apple-touch-icon.png");
  const manifest = await page.locator('link[rel="manifest"]').getAttribute("href");
  expect(await page.evaluate(async (href) => (await fetch(href ?? "")).ok, manifest)).toBe(true);
});
