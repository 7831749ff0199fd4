import { getSignInCode } from "./support/mail";
import { makeAddress } from "./support/person";
import { completeSignInByCode, getSignInLink, requestSignInMail, signInByLink } from "./support/sign-in";
import { expect, type Page, test } from "./support/test";

const HOME = "/sign-in?callbackUrl=%2Fhome";
const isHome = (page: Page) => expect(page).toHaveURL(/\/home$/);

async function openAccountMenu(page: Page, email: string): Promise<void> {
  await page.getByRole("banner").getByRole("button", { name: email }).click();
}

test("the code in the mail signs the waiting tab in, a wrong one does not", async ({ page }) => {
  const email = makeAddress("code");
  await page.goto(HOME);
  const code = getSignInCode(await requestSignInMail(page, email));
  const wrong = code === "123456" ? "654321" : "123456";
  const field = page.getByLabel("6-digit code");
  await field.fill(wrong);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(field).toHaveAccessibleDescription(/The code is not right/);
  await field.fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await isHome(page);
});

test("the waiting tab follows when the link is used in another tab of the browser", async ({
  page,
  context,
}) => {
  await page.goto(HOME);
  const link = getSignInLink(await requestSignInMail(page, makeAddress("two-tabs")));
  const other = await context.newPage();
  await other.goto(link.href);
  await other.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await isHome(other);
  await isHome(page);
});

test("a forwarded link warns the browser that did not ask for it", async ({ page, openDevice }) => {
  const email = makeAddress("forwarded");
  await page.goto(HOME);
  const link = getSignInLink(await requestSignInMail(page, email));
  const stranger = await openDevice();
  await stranger.goto(link.href);
  await expect(stranger.getByText("This browser did not ask for the link")).toBeVisible();
  await expect(stranger.getByText(email)).toBeHidden();
  await stranger.goto("/home");
  await expect(stranger, "looking at the link signs nobody in").toHaveURL(/\/sign-in\?/);

  await page.goto(link.href);
  await expect(page.getByText("This browser did not ask for the link")).toBeHidden();
});

test("signing out ends this browser's session, signing out everywhere every one", async ({
  page,
  openDevice,
}) => {
  const email = makeAddress("sign-out");
  const phone = await openDevice();
  await signInByLink(phone, email);
  await signInByLink(page, email);

  await openAccountMenu(page, email);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  await phone.reload();
  await isHome(phone);

  await page.goto(HOME);
  await completeSignInByCode(page, email);
  await openAccountMenu(page, email);
  await page.getByRole("button", { name: "Sign out on all devices" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  await phone.reload();
  await expect(phone).toHaveURL(/\/sign-in\?/);
});

test("the chosen language is kept, signed out and signed in", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "Suomi" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "fi");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("banner").getByRole("link", { name: "Kirjaudu" })).toBeVisible();

  const email = makeAddress("finnish");
  await signInByLink(page, email);
  await expect(page.locator("html")).toHaveAttribute("lang", "fi");
  await openAccountMenu(page, email);
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Your integrations" })).toBeVisible();
});
