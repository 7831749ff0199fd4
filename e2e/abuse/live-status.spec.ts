import { seeded } from "../support/integration";
import { makePerson } from "../support/person";
import { signIn } from "../support/sign-in";
import { submitAll } from "../support/submit-all";
import { expect, test } from "./support/test";

/** The stream looks at its session again at least every 20 seconds. */
const LONGEST_LOOK_AWAY_MS = 30_000;

test("the live status ends with the session, when the person signs out on another device", async ({
  page,
  openDevice,
}) => {
  const person = await makePerson("owner", 1);
  const { requestId } = await submitAll(page, seeded("form"), { person });
  const path = `/api/requests/${requestId}/events`;
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const stream = await fetch(new URL(path, page.url()), {
    headers: { cookie },
    signal: AbortSignal.timeout(LONGEST_LOOK_AWAY_MS),
  });
  expect(stream.status).toBe(200);

  const other = await openDevice();
  await signIn(other, person.email);
  await other.getByRole("button", { name: person.email }).click();
  await other.getByRole("button", { name: "Sign out on all devices" }).click();
  await expect(other.getByRole("link", { name: "Sign in" }).first()).toBeVisible();

  // To the very end: a stream that stayed open would run into the time-out, and that is an error.
  const said = await stream.text();
  expect(said.match(/^event: request$/gm), "one message, from before").toHaveLength(1);
  expect((await page.request.get(path)).status()).toBe(404);
  expect((await page.request.get(`/api/requests/${requestId}`)).status()).toBe(404);
});
