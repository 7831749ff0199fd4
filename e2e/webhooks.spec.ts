import { startWebhookReceiver } from "@/testing/fixtures/webhook-receiver";
import { makeMember, makePartner } from "./support/partner-console";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

test("an endpoint is made, verified by the public library, fails, holds its events, is replayed, and gets a new secret", async ({
  page,
}) => {
  const receiver = await startWebhookReceiver();
  try {
    const { slug } = await makePartner("Koukku Oy");
    await signIn(page, await makeMember(slug, "owner"), `/partner/${slug}/webhooks`);
    await page.getByRole("link", { name: "New endpoint" }).click();
    await page.getByLabel("Address").fill("https://10.0.0.1/hooks");
    await page.getByRole("button", { name: "Make the endpoint" }).click();
    await expect(page.getByText("This address cannot be called")).toBeVisible();
    await page.getByLabel("Address").fill(receiver.url);
    await page.getByLabel("Events").selectOption({ label: "Only those ticked here" });
    await page.getByRole("button", { name: "Make the endpoint" }).click();
    await expect(page.getByText("Tick one at least.")).toBeVisible();
    await page.getByLabel("A connection was ended").check();
    await page.getByRole("button", { name: "Make the endpoint" }).click();
    const shown = page.getByText(/^whsec_/);
    receiver.state.secret = (await shown.textContent()) ?? "";
    await page.getByRole("link", { name: "Continue to the endpoint" }).click();

    const sendTest = page.getByRole("button", { name: "Send a test event" });
    await sendTest.click();
    await expect.poll(() => receiver.received.length).toBe(1);
    expect(receiver.unverified).toEqual([]);
    const row = page.getByRole("link", { name: /^A test/ }).first();
    await expect(row.getByText("Delivered")).toBeVisible();
    expect(await page.content()).not.toContain(receiver.state.secret);

    // The receiver says that it is gone: the endpoint is disabled, and what comes then is held.
    receiver.answerWith(410);
    await sendTest.click();
    await expect(page.getByText("the address answered 410", { exact: false })).toBeVisible();
    await row.click();
    await expect(page.getByText("Answered 410")).toBeVisible();
    await page.getByText("Answer", { exact: true }).click();
    await expect(page.getByText("noted")).toBeVisible();
    await page.getByRole("link", { name: "The endpoint" }).click();

    receiver.answerWith(200);
    await page.getByRole("button", { name: "Make it active" }).click();
    await page.getByRole("link", { name: "Send several again" }).click();
    await expect(page.getByText("One event would be sent.")).toBeVisible();
    await page.getByLabel("Until (day, UTC)").fill("2020-01-01");
    await page.getByRole("button", { name: "Count" }).click();
    await expect(page.getByText("No event fits.")).toBeVisible();
    await page.getByLabel("Until (day, UTC)").fill("");
    await page.getByRole("button", { name: "Count" }).click();
    await page.getByRole("button", { name: "Send one event…" }).click();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(row.getByText("Delivered")).toBeVisible();
    // The first answer of 410 was a verified request too.
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(2);

    await page.getByRole("button", { name: "Make a new secret" }).click();
    const next = (await shown.textContent()) ?? "";
    await expect(page.getByText("Two secrets sign until")).toBeVisible();
    await sendTest.click();
    await expect.poll(() => new Set(receiver.received.map(({ id }) => id)).size).toBe(3);
    receiver.state.secret = next;
    await page.getByRole("button", { name: "End the former secret…" }).click();
    await page.getByRole("button", { name: "End it now" }).click();
    await expect(page.getByText("One secret signs.")).toBeVisible();
    await sendTest.click();
    await expect.poll(() => new Set(receiver.received.map(({ id }) => id)).size).toBe(4);
    expect(receiver.unverified).toEqual([]);

    await page.getByRole("button", { name: "Pause" }).click();
    await expect(page.getByText("Make the endpoint active first.")).toBeVisible();
    await page.getByRole("button", { name: "Delete the endpoint…" }).click();
    await page.getByRole("button", { name: "Delete it" }).click();
    await expect(page.getByText("No endpoint yet")).toBeVisible();
  } finally {
    await receiver.close();
  }
});
