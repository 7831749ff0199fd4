import { seeded } from "../integration";
import { makeFailedMail, makeTask, signInAsOperator } from "../operator";
import { makePerson } from "../person";
import { submitAll } from "../submit-all";
import type { Tour } from "./tour";

/** Tasks, jobs and mails, each as a list and one by one. */
export const operatorPages: Tour = async ({ page, openDevice, look }) => {
  const customer = await openDevice();
  const { requestId } = await submitAll(customer, seeded("page"), {
    person: await makePerson("tour-look-up", 1),
  });
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
  await page.goto("/operator/integrations");
  await look("integrations");
  await page.goto("/operator/look-up?id=nothing");
  await page.getByText("Nothing has this id").waitFor();
  await look("an id that is nothing");
  await page.goto(`/operator/look-up?id=${requestId}`);
  await page.waitForURL(`**/operator/requests/${requestId}`);
  await page.getByText("The customer submitted the request").waitFor();
  await look("a request that was looked up");
};
