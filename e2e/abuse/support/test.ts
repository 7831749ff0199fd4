import { test as base, expect } from "../../support/test";
import { type Attacker, createAttacker } from "./attacker";
import { connectAsAdmin, type Sql, snapshotAccount } from "./database";
import { createVictim, type Victim } from "./victim";

type WorkerFixtures = { sql: Sql; victim: Victim; attacker: Attacker };
type TestFixtures = {
  /** The victim of the attack. That none of its rows has changed is checked after the test. */
  target: Victim;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  sql: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const sql = await connectAsAdmin();
      await use(sql);
      await sql.end();
    },
    { scope: "worker" },
  ],
  victim: [
    async ({ browser, sql }, use) => {
      const victim = await createVictim(browser, sql);
      await use(victim);
      await victim.page.context().close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  attacker: [
    async ({ browser }, use) => {
      const attacker = await createAttacker(browser);
      await use(attacker);
      await attacker.page.context().close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  target: async ({ victim, sql }, use) => {
    const before = await snapshotAccount(sql, victim.accountId);
    await use(victim);
    expect(await snapshotAccount(sql, victim.accountId), "rows of the victim").toEqual(before);
  },
});

export { expect };
