import { eq } from "drizzle-orm";
import { auditLog } from "@/db/schema";
import { withDatabase } from "./support/database";
import { makeFailedMail, makeTask, readMailState, signInAsOperator } from "./support/operator";
import { makePerson } from "./support/person";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const listAudited = (id: string) =>
  withDatabase(async ({ orm }) => {
    const rows = await orm.select().from(auditLog).where(eq(auditLog.subjectId, id));
    return rows.map(({ action }) => action);
  });

test("an operator finds a task, reads what to do, has it tried again and resolves it with a sentence", async ({
  page,
}) => {
  const id = await makeTask("request_stuck");
  const email = await signInAsOperator(page);
  await expect(page).toHaveURL(/\/operator\/tasks$/);
  await page
    .getByRole("navigation", { name: "Kind of task" })
    .getByRole("link", { name: /^Request stuck/ })
    .click();
  await page.waitForURL(/kind=request_stuck/);
  await page.locator(`a[href="/operator/tasks/${id}"]`).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A request does not go on");
  await page.getByText("What the vendor said", { exact: false }).click();
  await expect(page.getByText("Not allowed for this application.")).toBeVisible();

  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Tried again at an operator’s request")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Too many tries in a short time")).toBeVisible();

  await page.getByRole("button", { name: "Resolve…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Resolve the task" }).click();
  await expect(dialog.getByText("Fill this in.")).toBeVisible();
  await dialog.getByRole("textbox").fill("The worker had been stopped; it runs again.");
  await dialog.getByRole("button", { name: "Resolve the task" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`Resolved by ${email}`, { exact: false })).toBeVisible();
  await expect(page.getByText("The worker had been stopped; it runs again.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);

  await page.goto("/operator/tasks?side=resolved&kind=request_stuck");
  await expect(page.locator(`a[href="/operator/tasks/${id}"]`)).toBeVisible();
  expect((await listAudited(id)).toSorted()).toEqual(["task.resolve", "task.retry"]);
});

test("an operator follows a background job step by step", async ({ page }) => {
  await signInAsOperator(page);
  await page.getByRole("link", { name: "Jobs" }).click();
  await page.waitForURL(/\/operator\/jobs$/);
  await expect(page.getByText("Workers running")).toBeVisible();
  // Each worker has what happened before it came looked at.
  await page
    .getByRole("navigation", { name: "Function" })
    .getByRole("link", { name: /reconcile/ })
    .click();
  await page.waitForURL(/functionId=/);
  await page.locator('main ul a[href^="/operator/jobs/"]').first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/reconcile/);
  await expect(page.getByRole("listitem").filter({ hasText: "reconcile" })).toContainText("Done");
});

test("a mail that failed is listed without its address, and sent again", async ({ page }) => {
  const { id, recipient } = await makeFailedMail();
  await signInAsOperator(page);
  await page.getByRole("link", { name: "Mails" }).click();
  await page.waitForURL(/\/operator\/mails$/);
  const row = page.getByRole("listitem").filter({ hasText: id.subjectId });
  await expect(row).toContainText("550 5.1.1 no such user");
  expect(await page.content()).not.toContain(recipient);
  await row.getByRole("button", { name: "Send again" }).click();
  await expect(row).toHaveCount(0);
  // What it was about is not there: the worker finds that nothing is left to say.
  await expect.poll(() => readMailState(id.mailId)).toBe("dropped");
  expect(await listAudited(id.mailId)).toEqual(["mail.resend"]);
});

test("the way to the operator's pages is in the menu of operators alone", async ({ page, openDevice }) => {
  const email = await signInAsOperator(page);
  await page.goto("/home");
  await page.getByRole("button", { name: email }).click();
  await page.getByRole("link", { name: "Run this installation" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Tasks" })).toBeVisible();

  const other = await openDevice();
  const person = await makePerson("customer", 1);
  await signIn(other, person.email);
  await other.getByRole("button", { name: person.email }).click();
  await expect(other.getByRole("link", { name: "Your integrations" })).toBeVisible();
  await expect(other.getByRole("link", { name: "Run this installation" })).toHaveCount(0);
});
