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

test("the way back from PowerOffice Go: slow, busy, away, and a company without a key", async ({ page }) => {
  test.slow();
  const owner = await goSandbox.addUser(makeAddress("go-faults"), 4);
  const [busy, away, keyless, fine] = owner.clients as [GoClient, GoClient, GoClient, GoClient];
  // A read: one that is held for too long is made again, while a trade for keys is made once.
  const slow = { path: KEY_CHECK, caller: fine.id };
  await start(page, integration, owner.email);

  await test.step("slow: the page says whom it waits for, and after a while that it takes long", async () => {
    await goSandbox.fault({ hold: slow, withholdNextKey: [keyless.id] });
    await goSandbox.fault({
      failNext: { path: KEY_CHECK, caller: busy.id, status: 429, retryAfterSeconds: 1 },
    });
    await goSandbox.fault({ failNext: { path: KEY_CHECK, caller: away.id, status: 503, times: 2 } });
    await consent(page, owner);
    await expect(
      page.getByRole("heading", { name: "Reading your request from PowerOffice Go" }),
    ).toBeVisible();
    await expect(page.getByText(/^This takes longer than usual: PowerOffice Go is slow/)).toBeVisible();
  });

  await test.step("busy and away: the keys are kept, and reading goes on", async () => {
    await goSandbox.fault({ release: slow });
    await page.waitForURL(/\/environments$/, { timeout: 60_000 });
    for (const client of [busy, away, fine])
      await expect(page.getByRole("checkbox", { name: client.name })).toBeEnabled();
  });

  await test.step("no key: the company is named, and cannot be ticked", async () => {
    await expect(page.getByText("PowerOffice Go gave no key that works for 1 company")).toBeVisible();
    await expect(page.getByRole("note").filter({ hasText: keyless.name })).toContainText(
      "go back to PowerOffice Go and pick it once more",
    );
    await expect(page.getByRole("checkbox", { name: keyless.name })).toHaveCount(0);
  });
});

test("the clients of PowerOffice Go cannot be read at all: nothing is activated, and what it said is shown", async ({
  page,
}) => {
  const owner = await goSandbox.addUser(makeAddress("go-faults"), 2);
  const [client] = owner.clients as [GoClient];
  await start(page, integration, owner.email);
  const body = { title: "No such privilege", detail: "Ask the partner desk." };
  await goSandbox.fault({ failNext: { path: KEY_CHECK, caller: client.id, status: 403, body } });
  await consent(page, owner);
  await expect(
    page.getByRole("heading", { name: "We could not read your companies from PowerOffice Go" }),
  ).toBeVisible();
  await expect(page.getByText(/^Nothing is activated\. Start again in a few minutes/)).toBeVisible();
  await page.getByText("What PowerOffice Go said", { exact: true }).click();
  await expect(page.getByText("No such privilege")).toBeVisible();
  await expect.poll(() => goSandbox.listActive(owner.clients), "keys are given back").toEqual([]);

  await page.getByRole("link", { name: "Start again" }).click();
  await consent(page, owner);
  await page.waitForURL(/\/environments$/);
});

/** The privileges of the demo's application. */
const PRIVILEGES = [
  "Customer_Full",
  "Product_Full",
  "SalesOrders_Full",
  "OutgoingInvoice",
  "CommonServices",
  "GeneralLedgerAccount",
];

test("keys of PowerOffice Go that work but are not as asked: active, with what is wrong and what to do", async ({
  page,
}) => {
  const owner = await goSandbox.addUser(makeAddress("go-faults"), 2);
  const [lacking, surplus] = owner.clients as [GoClient, GoClient];
  await start(page, integration, owner.email);
  await consent(page, owner);
  await page.waitForURL(/\/environments$/);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await continueWithTicked(page);
  await expect(page.getByText("Everything that the integration needs is in place.")).toBeVisible({
    timeout: 60_000,
  });
  await goSandbox.fault({
    privileges: {
      [lacking.id]: PRIVILEGES.filter((name) => name !== "SalesOrders_Full"),
      [surplus.id]: [...PRIVILEGES, "Employee_Full"],
    },
  });
  await submit(page);
  const expected: [GoClient, string, RegExp][] = [
    [lacking, "The integration lacks some rights", /Ask .*’s support\./],
    [surplus, "The integration has more rights than it needs", /there is nothing for you to do/],
  ];
  for (const [client, title, whatToDo] of expected) {
    await expectStatus(page, client, "Active");
    await expect(statusRow(page, client)).toContainText(title);
    await expect(statusRow(page, client)).toContainText(whatToDo);
  }
});
