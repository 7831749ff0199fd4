import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Sql } from "postgres";
import { sha256 } from "@/lib/core/hash";
import { withDatabase } from "./support/database";
import { homeFile } from "./support/demo";
import { start } from "./support/flow";
import { seeded } from "./support/integration";
import { makeAddress } from "./support/person";
import { signIn } from "./support/sign-in";
import { expect, type Page, test } from "./support/test";

/*
 * Takes things away from the product's database for a moment, so that statements fail in the built web app and in the worker:
 * playwright.config.ts runs this file after all others, alone.
 */

const LOGS = homeFile("logs");
const NAME = "Canary Kukkakauppa";
const TOKEN = "canary-token-4f1c9a7e2b";

/** Where each log of the product ends now. */
const sizes = (): Map<string, number> =>
  new Map(readdirSync(LOGS).map((name) => [name, statSync(join(LOGS, name)).size]));

/** What the logs have got since, without the backslashes of JSON. */
const writtenSince = (before: ReadonlyMap<string, number>): string =>
  readdirSync(LOGS)
    .map((name) =>
      readFileSync(join(LOGS, name))
        .subarray(before.get(name) ?? 0)
        .toString("utf8"),
    )
    .join("\n")
    .replaceAll("\\", "");

type Breakage = { breaks: string; mends: string };
const renamed = (table: string, column: string): Breakage => ({
  breaks: `alter table ${table} rename column ${column} to ${column}_away`,
  mends: `alter table ${table} rename column ${column}_away to ${column}`,
});

async function whileBroken({ breaks, mends }: Breakage, work: () => Promise<void>): Promise<void> {
  const run = (statement: string) => withDatabase(({ sql }: { sql: Sql }) => sql.unsafe(statement));
  await run(breaks);
  try {
    await work();
  } finally {
    await run(mends);
  }
}

/** Breaks, works, waits until the logs tell of the failed statement, and wants none of the values in them. */
async function expectToldWithout(
  values: readonly string[],
  statement: string,
  breakage: Breakage,
  work: () => Promise<void>,
): Promise<void> {
  const before = sizes();
  await whileBroken(breakage, async () => {
    await work();
    await expect.poll(() => writtenSince(before), { message: statement }).toContain(statement);
  });
  const written = writtenSince(before);
  for (const value of values) expect(written, value).not.toContain(value);
}

const openQuietly = async (page: Page, path: string): Promise<void> => {
  await page.goto(path);
  await page.waitForLoadState();
};

test.describe.configure({ mode: "default" });
test.beforeEach(({ complaints }) => {
  // The pages that fail say so in the console.
  complaints.expect(/./);
});

test("a page whose statement fails writes no value into a log", async ({ page }) => {
  await signIn(page, makeAddress("canary"));
  // A company is searched word by word, in small letters.
  const words = NAME.toLowerCase().split(" ");
  await expectToldWithout([NAME, ...words], "pg_catalog.~>=~", renamed("company_words", "word"), () =>
    openQuietly(page, `/home?${new URLSearchParams({ q: NAME })}`),
  );
});

test("an action whose statement fails writes no address into a log", async ({ page }) => {
  const [own, invited] = [makeAddress("canary"), makeAddress("invited.canary")];
  await signIn(page, own, "/account");
  await expectToldWithout(
    [own, invited],
    'insert into "invitations"',
    renamed("invitations", "draft_id"),
    async () => {
      await page.getByLabel("Your colleague’s e-mail address").fill(invited);
      await page.getByRole("button", { name: "Send the invitation" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
    },
  );
});

test("signing in with a statement that fails writes no address into a log", async ({ page }) => {
  const email = makeAddress("canary");
  await page.goto("/sign-in");
  await expectToldWithout(
    [email],
    'insert into "sign_in_tokens"',
    renamed("sign_in_tokens", "user_agent"),
    async () => {
      await page.locator('input[type="email"]').fill(email);
      await page.locator('form:has(input[type="email"]) button[type="submit"]').click();
    },
  );
});

test("a return whose statement fails writes no token of the vendor into a log", async ({ page }) => {
  const email = makeAddress("canary");
  await start(page, seeded("go"), email);
  await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
  await page.waitForURL(/\/ApiAuthV2\?token=/);
  const state = "s".repeat(43);
  await withDatabase(
    ({ sql }: { sql: Sql }) => sql`update grants set state_hash = ${sha256(state)}
      where state = 'consenting' and user_id = (select id from users where email = ${email})`,
  );
  const query = new URLSearchParams({ state, status: "success", token: TOKEN });
  const signature = "(uuid, text, text, text)";
  const breakage = {
    breaks: `alter function kytkin.return_with_state${signature} rename to return_with_state_away`,
    mends: `alter function kytkin.return_with_state_away${signature} rename to return_with_state`,
  };
  await expectToldWithout([TOKEN], "kytkin.return_with_state(", breakage, () =>
    openQuietly(page, `/connect/${seeded("go").slug}/return?${query}`),
  );
});

test("a route handler whose statement fails writes no value into a log", async ({ page }) => {
  const email = makeAddress("canary");
  await signIn(page, email);
  await expectToldWithout([email], 'from "invitations"', renamed("invitations", "ended_at"), async () => {
    expect((await page.request.get("/account/profile/export")).status()).toBe(500);
  });
});

test("a job whose statement fails writes no address into a log", async ({ page }) => {
  const email = makeAddress("canary");
  await signIn(page, email, "/account/profile");
  await expectToldWithout(
    [email],
    'update "activation_requests"',
    renamed("activation_requests", "notified_email"),
    async () => {
      await page.getByLabel(/^To confirm, type/).fill(email);
      await page.getByRole("button", { name: "Erase my data" }).click();
    },
  );
});

test("a refused row is in no log, PostgreSQL's own included", async () => {
  const before = sizes();
  const email = makeAddress("canary");
  await withDatabase(async ({ sql }) => {
    const insert = () =>
      sql`insert into users (id, email, locale) values (gen_random_uuid(), ${email}, 'en')`;
    await insert();
    await expect(insert()).rejects.toThrow("duplicate key");
    await expect(sql`select ${email}::text::uuid`).rejects.toThrow("invalid input syntax");
    await expect(sql`select ${`{"canary": "${email}`}::text::jsonb`).rejects.toThrow("invalid input syntax");
    await sql`delete from users where email = ${email}`;
  });
  expect(writtenSince(before)).not.toContain("canary");
});
