import { makeFailedMail, makeTask, signInAsOperator } from "../operator";
import type { Tour } from "./tour";

/** Tasks, jobs and mails, each as a list and one by one. */
export const operatorPages: Tour = async ({ page, look }) => {
  const taskId = await makeTask("release_refused");
  await makeFailedMail();
  await signInAsOperator(page);
  await look("tasks");
  await page.goto(`/operator/tasks/${taskId}`);
  await look("a task");
  await page.getByRole("button", { name: "Resolve…" }).click();
  await page.getByRole("dialog").waitFor();
  await look("resolving a task");
  await page.goto("/operator/jobs");
  await look("jobs");
  await page.locator('main ul a[href^="/operator/jobs/"]').first().click();
  await page.waitForURL(/\/operator\/jobs\/[0-9a-f-]+$/);
  await look("a job");
  await page.goto("/operator/mails");
  await look("mails");
  await page.goto("/operator/partners");
  await look("partners");
};
