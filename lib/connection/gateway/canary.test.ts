import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataKeys, pastedKeys, sealedSecrets } from "@/db/schema";
import { withScope } from "@/db/scope";
import { SCOPES } from "@/db/scopes";
import { decrypt } from "@/lib/platform/seal/cipher";
import { ensureConnectionData, unwrapConnectionData } from "@/lib/platform/seal/connection-data";
import { unwrapDataKey } from "@/lib/platform/seal/data-key";
import { openSecrets, storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem } from "@/lib/platform/worker-context";
import {
  type ConnectedSoftware,
  connectSoftware,
  createGatewayWorld,
  type GatewayWorld,
} from "@/testing/fixtures/gateway-world";

/* What a taken gateway gives away: its environment is its ring of keys and its login, and no more. */

let world: GatewayWorld;
let software: ConnectedSoftware;
beforeAll(async () => {
  world = await createGatewayWorld();
  software = await connectSoftware(world);
  const { keys } = world.context;
  await asSystem(world.context, "test", async (tx) => {
    await storeSecret(
      tx,
      keys,
      { kind: "grant", id: randomUUID() },
      { name: "key/1", value: "canary-of-grant" },
    );
    const intake = { kind: "intake_key", id: randomUUID() } as const;
    await storeSecret(tx, keys, intake, { name: "private_key", value: "canary-of-intake" });
    await ensureConnectionData(tx, keys, software.connectionId);
  });
  const response = await fetch(`${world.url}/gateway/v1/connections/${software.connectionId}/company`, {
    headers: { authorization: `Bearer ${software.apiKey}` },
  });
  expect(response.status).toBe(200);
});
afterAll(() => world.close());

describe("with everything that the gateway holds", () => {
  test("its login reads no row of a table that is not of limits, in any scope, without a partner's key", async () => {
    const { sql } = world.database.gateway;
    const tables = await world.database.admin.sql<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'vendor_limit%'`;
    expect(tables.length).toBeGreaterThan(40);
    for (const scope of SCOPES)
      for (const { name } of tables) {
        // Also for a connection that it was shown, without a key that may deliver to it.
        const read = sql.begin(async (tx) => {
          await tx`select set_config('kytkin.connection_id', ${software.connectionId}, true),
            set_config('kytkin.key_hash', ${"0".repeat(64)}, true), set_config('role', ${`kytkin_scope_${scope}`}, true)`;
          return tx`select 1 from public.${tx(name)} limit 1`;
        });
        const found = await read.catch((error: Error) => error.message);
        if (typeof found === "string") expect(found, `${scope} ${name}`).toMatch(/permission denied/);
        else expect(found, `${scope} ${name}`).toHaveLength(0);
      }
  });

  test("no vendor secret, consent, connection's key or pasted key opens, even with all rows of a stolen dump", async () => {
    const { rings } = world.gatewayContext.keys;
    const wrapped = await world.database.admin.orm.select().from(dataKeys);
    const secrets = await world.database.admin.orm.select().from(sealedSecrets);
    expect(new Set(secrets.map((row) => row.ownerKind))).toEqual(
      new Set(["vendor_application", "grant", "connection", "intake_key"]),
    );
    for (const row of wrapped) {
      if (row.ownerKind === "connection_data") continue;
      expect(() => unwrapDataKey({ rings }, row)).toThrow(/is not in KYTKIN_KEYS/);
      // Nor by the ring's own bytes, whatever the row says.
      for (const { key } of rings.gateway)
        expect(() => decrypt(key, row.wrappedKey, `data-key/${row.ownerKind}/${row.ownerId}`)).toThrow();
    }
    // The worker, with the same rows, opens each of them.
    const { keys } = world.context;
    for (const { ownerKind, ownerId } of secrets) {
      const opened = await asSystem(world.context, "test", (tx) =>
        openSecrets(tx, keys, { kind: ownerKind, id: ownerId }),
      );
      expect(Object.keys(opened).length).toBeGreaterThan(0);
    }
    expect(await world.database.admin.orm.select().from(pastedKeys)).toEqual([]);
  });

  test("what it opens is a token, and not what the token was got with", async () => {
    const { sql } = world.database.admin;
    const [token] =
      await sql`select sealed, version from gateway_tokens where connection_id = ${software.connectionId}`;
    const [row] = await sql`
      select owner_id, key_encryption_key_id, wrapped_key from data_keys
      where owner_kind = 'connection_data' and owner_id = ${software.connectionId}`;
    const data = unwrapConnectionData(world.gatewayContext.keys, {
      ownerId: String(row?.owner_id),
      keyEncryptionKeyId: String(row?.key_encryption_key_id),
      wrappedKey: String(row?.wrapped_key),
    });
    const opened = data.open(`gateway_tokens.sealed/${token?.version}`, String(token?.sealed)).toString();
    expect(JSON.parse(opened)).toEqual({ authorization: expect.stringMatching(/^Bearer vendor-token-/) });
    expect(opened).not.toContain("vendor-key-of-");
  });

  test("without a partner's key the rule gives nothing, whatever is asked", async () => {
    const ask = (hash: string) =>
      withScope(world.database.gateway, { kind: "gateway" }, (tx) =>
        tx.execute<{ answer: object }>(
          `select kytkin.authorize_gateway_call('${hash}', '${software.connectionId}', 'gateway', 'gateway', null) as answer`,
        ),
      );
    for (const hash of ["", "x", "%", "0".repeat(64)])
      expect((await ask(hash))[0]?.answer).toEqual({ refusal: "key_unknown" });
  });
});
