import { continueWithTicked, expectStatus, start, statusRow, submit } from "./support/flow";
import { logInToGo, walkGoDialog } from "./support/go-dialog";
import { type GoClient, type GoUser, goSandbox } from "./support/go-sandbox";
import { seeded } from "./support/integration";
import { makeAddress } from "./support/person";
import { expect, type Page, test } from "./support/test";

const integration = seeded("go");
const KEY_CHECK = "/ClientIntegrationInformation";
/** A client of the demo's accountant that allows no integrations. */
const BLOCKED = "Stengt Port AS";

async function goToGo(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
}

async function consent(page: Page, user: GoUser): Promise<void> {
  await goToGo(page);
  await walkGoDialog(page, user, user.clients);
}

test("faults of PowerOffice Go: each is said with what happened and what to do, and the way goes on", async ({
  page,
}) => {
  test.slow();
  const owner = await goSandbox.addUser(makeAddress("go-faults"), 3);
  const [fine, removed, silent] = owner.clients as [GoClient, GoClient, GoClient];
  await start(page, integration, owner.email);

  await test.step("a client that is blocked there", async () => {
    await goToGo(page);
    await logInToGo(page, "accountant@example.com");
    await page.getByRole("checkbox", { name: BLOCKED }).check();
    await page.getByRole("button", { name: "Accept" }).click();
    await expect(
      page.getByRole("heading", { name: `${integration.name} is blocked in PowerOffice Go` }),
    ).toBeVisible();
    await expect(page.getByText(/Leave that company out, or ask its administrator/)).toBeVisible();
    await page.getByRole("link", { name: "Start again" }).click();
  });

  await test.step("the answer with the keys is lost", async () => {
    await goSandbox.fault({ loseAnswerNext: { path: "/Onboarding/Finalize", caller: owner.email } });
    await consent(page, owner);
    await expect(
      page.getByRole("heading", { name: "The answer of PowerOffice Go was lost on the way" }),
    ).toBeVisible();
    await expect(page.getByText(/pick the same companies; nothing is done twice/)).toBeVisible();
    await page.getByRole("link", { name: "Start again" }).click();
  });

  await test.step("one key dies before its first use, and one cannot be checked", async () => {
    await consent(page, owner);
    await page.waitForURL(/\/environments$/, { timeout: 30_000 });
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Choose the settings" })).toBeVisible();
    await continueWithTicked(page);
    await expect(page.getByText("Everything that the integration needs is in place.")).toBeVisible({
      timeout: 60_000,
    });
    await goSandbox.removeInGo(removed);
    const body = { title: "The client is being moved", detail: "Try tomorrow." };
    await goSandbox.fault({ failNext: { path: KEY_CHECK, caller: silent.id, status: 400, body } });
    await submit(page);
    const expected: [GoClient, string, RegExp][] = [
      [removed, "Disconnected in PowerOffice Go", /removed the integration or switched it off/],
      [silent, "Active, but not checked yet", /We check again by ourselves/],
    ];
    for (const [client, title, whatToDo] of expected) {
      await expectStatus(page, client, "Active");
      await expect(statusRow(page, client)).toContainText(title);
      await expect(statusRow(page, client)).toContainText(whatToDo);
    }
    await expectStatus(page, fine, "Active");
    await expect(statusRow(page, fine).getByText("Needs attention")).toHaveCount(0);
  });
});
