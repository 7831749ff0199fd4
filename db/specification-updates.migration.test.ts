import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BeforeMigration, createDatabaseBefore } from "@/testing/before-migration";

let database: BeforeMigration;
beforeAll(async () => {
  database = await createDatabaseBefore("0053_specification_updates");
});
afterAll(() => database.close());

test("a connection begins on the version of its request, and no trigger tells of a change that is none", async () => {
  const { admin } = database;
  const [accountId, partnerId, integrationId, other] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ];
  const made = [1, 2].map((version) => ({
    version,
    specificationId: randomUUID(),
    connectionId: randomUUID(),
  }));
  for (const { version, specificationId, connectionId } of made) {
    const [requestId, activationId] = [randomUUID(), randomUUID()];
    await admin.begin(async (tx) => {
      // Without the rows behind them: only what the migration reads has to be there.
      await tx`set local session_replication_role = replica`;
      await tx`insert into specifications (id, integration_id, partner_id, version, state, content, content_hash)
        values (${specificationId}, ${integrationId}, ${partnerId}, ${version}, 'deprecated', '{}', ${`hash ${version}`})`;
      await tx`insert into activation_requests (id, partner_id, account_id, integration_id, specification_id, draft_id, link_token, state,
          submitted_by, notified_email, locale, submitted_at, deadline_at, settled_at)
        values (${requestId}, ${partnerId}, ${accountId}, ${integrationId}, ${specificationId}, ${randomUUID()}, 'link', 'settled', ${other},
          'a@example.com', 'en', now(), now(), now())`;
      await tx`insert into activations (id, request_id, grant_id, partner_id, account_id, integration_id, environment_id, external_id,
          environment_name, state, is_occupying)
        values (${activationId}, ${requestId}, ${other}, ${partnerId}, ${accountId}, ${integrationId}, ${connectionId}, ${connectionId},
          'Company', 'active', true)`;
      await tx`insert into connections (id, activation_id, partner_id, account_id, integration_id, environment_id, state)
        values (${connectionId}, ${activationId}, ${partnerId}, ${accountId}, ${integrationId}, ${connectionId}, 'active')`;
    });
  }
  await database.guard(["connections", "activations", "activation_requests", "specifications"]);

  await database.migrate();

  const rows = await admin<
    { id: string; specification_id: string }[]
  >`select id, specification_id from connections`;
  expect(new Map(rows.map((row) => [row.id, row.specification_id]))).toEqual(
    new Map(made.map(({ connectionId, specificationId }) => [connectionId, specificationId])),
  );
  const forced = await admin`select relname from pg_class where relforcerowsecurity and relname in
    ('connections', 'activations', 'activation_requests', 'specifications')`;
  expect(forced).toHaveLength(4);
});
