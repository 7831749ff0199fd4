import { randomUUID } from "node:crypto";
import type { Request } from "@playwright/test";
import { demo } from "../support/demo";
import { makeTask, signInAsOperator } from "../support/operator";
import { getAccountId, listRefusals } from "./support/database";
import { expect, test } from "./support/test";

const ROUTES = [
  "/operator",
  "/operator/tasks",
  `/operator/tasks/${randomUUID()}`,
  "/operator/jobs",
  `/operator/jobs/${randomUUID()}`,
  "/operator/mails",
];

test("for a customer there is nothing under /operator, in pages and payloads", async ({
  attacker: { page },
}) => {
  const taskId = await makeTask("answer_lost");
  for (const path of [...ROUTES, `/operator/tasks/${taskId}`]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    const payload = await page.request.get(path, { headers: { RSC: "1" } });
    await expect(page.getByRole("main")).toContainText("There is nothing here");
    await expect(page).not.toHaveTitle(/Operator/);
    // The catalogue of words is everybody's; what the vendor said about the task is not.
    for (const text of [await page.content(), await payload.text()])
      expect(text).not.toContain("Not allowed for this application.");
  }
});

test("a visitor is sent to sign in", async ({ openDevice }) => {
  const visitor = await openDevice();
  for (const path of ROUTES) {
    await visitor.goto(path);
    await expect(visitor).toHaveURL(/\/sign-in\?/);
  }
});

test("an operator's own calls, sent again by somebody else, change nothing and are on record", async ({
  attacker,
  openDevice,
  sql,
}) => {
  const operator = await openDevice();
  await signInAsOperator(operator);
  const calls: Request[] = [];
  operator.on("request", (request) => {
    if (request.method() === "POST" && request.headers()["next-action"]) calls.push(request);
  });
  const own = await makeTask("request_stuck");
  await operator.goto(`/operator/tasks/${own}`);
  await operator.getByRole("button", { name: "Try again" }).click();
  await expect(operator.getByText("Tried again at an operator’s request")).toBeVisible();
  await operator.getByRole("button", { name: "Resolve…" }).click();
  await operator.getByRole("dialog").getByRole("textbox").fill("Mine to say.");
  await operator.getByRole("dialog").getByRole("button", { name: "Resolve the task" }).click();
  await expect(operator.getByText("Mine to say.")).toBeVisible();
  expect(calls).toHaveLength(2);

  const target = await makeTask("request_stuck");
  const { origin } = new URL(demo().portalUrl);
  for (const call of calls) {
    const { "next-action": action = "", "content-type": type = "" } = call.headers();
    const answer = await attacker.page.request.post(`${origin}/operator/tasks/${target}`, {
      headers: { "next-action": action, "content-type": type, origin },
      data: (call.postData() ?? "").replaceAll(own, target),
    });
    expect(answer.status()).toBe(404);
  }
  const [task] = await sql`select resolved_at, retried_at from tasks where id = ${target}`;
  expect(task).toEqual({ resolved_at: null, retried_at: null });
  expect(await listRefusals(sql, await getAccountId(sql, attacker.email))).toEqual([
    "task.retry",
    "task.resolve",
  ]);
});
