import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BeforeMigration, createDatabaseBefore } from "@/testing/before-migration";

let database: BeforeMigration;
let admin: BeforeMigration["admin"];
beforeAll(async () => {
  database = await createDatabaseBefore("0030_request_consents");
  ({ admin } = database);
});
afterAll(() => database.close());

const [accountId, partnerId, other] = [randomUUID(), randomUUID(), randomUUID()];

/** A request over companies, with the one consent that it had. */
async function insertRequest(state: "settled" | "awaiting_partner", companies: number) {
  const [requestId, grantId] = [randomUUID(), randomUUID()];
  const environments = Array.from({ length: companies }, () => randomUUID());
  await admin.begin(async (tx) => {
    // Without the rows behind them: only what the migration reads has to be there.
    await tx`set local session_replication_role = replica`;
    await tx`insert into grants (id, account_id, user_id, integration_id, connector, stage, vendor_request, keys_from, state)
      values (${grantId}, ${accountId}, ${other}, ${other}, 'procountor', 'test', ${grantId}, 'decision', 'used')`;
    await tx`insert into activation_requests (id, partner_id, account_id, integration_id, specification_id, draft_id, grant_id,
        link_token, state, submitted_by, notified_email, locale, submitted_at, deadline_at, settled_at)
      values (${requestId}, ${partnerId}, ${accountId}, ${other}, ${other}, ${other}, ${grantId}, 'link', ${state}, ${other},
        'a@example.com', 'en', now(), now(), ${state === "settled" ? new Date() : null})`;
    for (const environmentId of environments)
      await tx`insert into activations (id, request_id, partner_id, account_id, integration_id, environment_id, external_id,
          environment_name, state, is_occupying)
        values (${randomUUID()}, ${requestId}, ${partnerId}, ${accountId}, ${other}, ${environmentId}, ${environmentId}, 'Company',
          ${state === "settled" ? "active" : "awaiting_partner"}, true)`;
  });
  return { requestId, grantId, companies };
}

test("requests keep their consent, each activation gets it, and no trigger tells of a change that is none", async () => {
  const before = [await insertRequest("settled", 2), await insertRequest("awaiting_partner", 1)];
  await database.guard(["activation_requests", "activations"]);

  await database.migrate();

  const consents = await admin`select request_id, grant_id, partner_id, account_id from request_consents`;
  expect(new Set(consents.map((row) => ({ ...row })))).toEqual(
    new Set(
      before.map(({ requestId, grantId }) => ({
        request_id: requestId,
        grant_id: grantId,
        partner_id: partnerId,
        account_id: accountId,
      })),
    ),
  );
  for (const { requestId, grantId, companies } of before) {
    const rows = await admin`select grant_id from activations where request_id = ${requestId}`;
    expect(rows.map(({ grant_id }) => grant_id)).toEqual(Array.from({ length: companies }, () => grantId));
  }
  const forced = await admin`select relname from pg_class where relforcerowsecurity
    and relname in ('activation_requests', 'activations', 'grants', 'request_consents') order by relname`;
  expect(forced.map(({ relname }) => relname)).toEqual([
    "activation_requests",
    "activations",
    "grants",
    "request_consents",
  ]);
  await expect(admin`update activations set environment_name = 'Another'`).rejects.toThrow("a trigger ran");
});
