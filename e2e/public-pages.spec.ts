import { seeded } from "./support/integration";
import { signInAsOperator } from "./support/operator";
import { makeIntegration } from "./support/own-integration";
import { expect, test } from "./support/test";

test("without scripts or cookies, everybody finds an integration, reads it and gets to its review", async ({
  browser,
}) => {
  const { slug, name } = seeded("automatic");
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const cookies: string[] = [];
  page.on("response", async (response) => {
    const { pathname } = new URL(response.url());
    if (!/^\/(en|fi)(\/|$)/.test(pathname)) return;
    if (await response.headerValue("set-cookie")) cookies.push(pathname);
  });
  await page.goto("/en");
  await page.getByRole("searchbox", { name: "Search integrations" }).fill("orders esimerkki");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("navigation", { name: "System" }).getByRole("link", { name: "Procountor" }).click();
  await expect(page).toHaveURL("/en?q=orders+esimerkki&vendor=procountor");
  await expect(page.getByRole("searchbox", { name: "Search integrations" })).toHaveValue("orders esimerkki");
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page).toHaveURL(`/en/integrations/${slug}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);

  await page.goto(`/fi/integrations/${slug}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "fi");
  await expect(page.getByText("Tekee verkkokaupan tilauksista myyntilaskuja Procountoriin.")).toBeVisible();
  expect(cookies).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  await page.getByRole("link", { name: "Ota käyttöön" }).first().click();
  await page.waitForURL(/\/a\/[^/]+$/);
  await context.close();
});

test("in a browser with scripts no cookie is left either, and another language is the same page", async ({
  page,
  context,
}) => {
  const { slug } = seeded("automatic");
  await page.goto(`/en/integrations/${slug}`);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("link", { name: "Svenska" }).click();
  await page.waitForURL(`/sv/integrations/${slug}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "sv");
  await page.getByRole("link", { name: "Alla integrationer" }).click();
  await page.waitForURL("/sv");
  await page.waitForFunction(() => document.readyState === "complete");
  expect(await context.cookies()).toEqual([]);
});

test("search engines are led to the originals alone, in the languages in which they are whole", async ({
  page,
  request,
}) => {
  const { slug } = seeded("automatic");
  const robots = await (await request.get("/robots.txt")).text();
  expect(robots).toContain("Disallow: /\n");
  const sitemap = /^Sitemap: (.+)$/m.exec(robots)?.[1] ?? "";
  const answer = await request.get(sitemap);
  expect(answer.headers()["content-type"]).toContain("xml");
  expect(answer.headers()["set-cookie"]).toBeUndefined();
  const listed = await answer.text();
  for (const locale of ["en", "fi", "nb", "sv", "da"])
    expect(listed).toContain(`${new URL(`/${locale}/integrations/${slug}`, sitemap)}</loc>`);

  await page.goto(`/fi/integrations/${slug}`);
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute("href", `${new URL(page.url())}`);
  await expect(page.locator('link[rel="alternate"][hreflang]')).toHaveCount(5);
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? "");
  expect(data).toMatchObject({
    "@type": "SoftwareApplication",
    offers: { price: "12.90", priceCurrency: "EUR" },
  });
  await page.goto("/en?q=orders");
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute(
    "href",
    `${new URL("/en", page.url())}`,
  );
});

test("an operator lists an integration with its kind, and everybody sees it", async ({
  page,
  openDevice,
}) => {
  const { slug, name } = await makeIntegration("form");
  const visitor = await openDevice();
  const address = `/en/integrations/${slug}`;
  expect((await visitor.request.get(address)).status()).toBe(404);
  await signInAsOperator(page);
  await page.goto("/operator/integrations");
  const row = page.getByRole("listitem").filter({ hasText: slug });
  await row.getByRole("checkbox", { name: "Listed publicly" }).check();
  await row.getByRole("combobox", { name: "Kind" }).selectOption("Payroll");
  await row.getByRole("button", { name: "Save" }).click();
  await expect(row.getByText("Saved")).toBeVisible();
  await visitor.goto(address);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(visitor.getByRole("link", { name: "Payroll" })).toBeVisible();
  await row.getByRole("checkbox", { name: "Listed publicly" }).uncheck();
  await row.getByRole("button", { name: "Save" }).click();
  await expect.poll(async () => (await visitor.request.get(address)).status()).toBe(404);
});
