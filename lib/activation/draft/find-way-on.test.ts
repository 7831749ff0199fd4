import { afterAll, beforeAll, expect, test } from "vitest";
import { withScope } from "@/db/scope";
import { parseVendorReturn } from "@/lib/activation/grant/parse-vendor-return";
import { findReturnedGrant } from "@/lib/activation/grant/queries";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import {
  comeBack,
  consent,
  createCustomer,
  createGoWorld,
  depart,
  type GoWorld,
  parseCallback,
  pickAndSubmit,
} from "@/testing/fixtures/go-world";
import { findWayOn } from "./find-way-on";

let world: GoWorld;
beforeAll(async () => {
  world = await createGoWorld();
});
afterAll(() => world.close());

const wayOn = (viewer: Parameters<typeof asCustomer>[1]) =>
  asCustomer(world.database, viewer, (tx) => findWayOn(tx, world.integration.integrationId));

test("leads to the open draft, also after a way to the vendor that was begun twice", async () => {
  const { viewer, clientIds } = await createCustomer(world, 1);
  expect(await wayOn(viewer)).toBeNull();
  const first = await depart(world, viewer);
  const toDraft = { to: "draft", href: `/a/${world.integration.linkToken}/environments` };
  expect(await wayOn(viewer)).toEqual(toDraft);
  const second = await depart(world, viewer);
  const back = await world.sandbox.consent(second.consentUrl, viewer.email, clientIds);
  expect(await comeBack(world, viewer, back)).toBe(second.grantId);
  expect(first.grantId).not.toBe(second.grantId);
  expect(await wayOn(viewer)).toEqual(toDraft);
});

test("leads to the request that the draft became, for a return that is opened again later", async () => {
  const customer = await createCustomer(world, 1);
  await consent(world, customer);
  const requestId = await pickAndSubmit(world, customer.viewer, customer.clientIds);
  expect(await wayOn(customer.viewer)).toEqual({ to: "request", href: `/requests/${requestId}` });
});

test("a return with the state of another person is not theirs who open it", async () => {
  const { viewer, clientIds } = await createCustomer(world, 1);
  const { consentUrl } = await depart(world, viewer);
  const returned = await parseCallback(
    world,
    await world.sandbox.consent(consentUrl, viewer.email, clientIds),
  );
  if (returned?.kind !== "state") throw new Error("no state came back");
  const other = await createViewer(world.database);
  expect(await asCustomer(world.database, other, (tx) => findReturnedGrant(tx, other, returned))).toEqual({
    kind: "not_yours",
  });
  expect(await asCustomer(world.database, viewer, (tx) => findReturnedGrant(tx, viewer, returned))).toEqual({
    kind: "not_looked_up",
    isExpected: true,
  });
});

test("a header of Go’s return counts, in a form as in the address; another integration has no return", async () => {
  const read = (slug: string, headers?: Headers) =>
    withScope(world.database.web, { kind: "public" }, (tx) =>
      parseVendorReturn(tx, slug, `?state=${"s".repeat(43)}`, { headers }),
    );
  const token = "onboarding-token-1";
  expect(await read(world.integration.slug, new Headers({ "X-Onboarding-Token": token }))).toMatchObject({
    kind: "state",
    outcome: "given",
    token,
  });
  expect(await read(world.integration.slug)).toMatchObject({ kind: "state", outcome: "unknown_outcome" });
  expect(await read("no-such-integration")).toBeNull();
  expect(await read("\u0000")).toBeNull();
});
