import { afterAll, beforeAll, expect, test } from "vitest";
import { asCustomer } from "@/testing/fixtures/account";
import { addCompany, connectCompanies, deactivate } from "@/testing/fixtures/offboarding";
import { createVendorWorld, HELD_BY_TECHNICAL_USER, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { listRequests } from "./queries";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld({ technicalUser: HELD_BY_TECHNICAL_USER });
});
afterAll(() => world.close());

test("the list of requests does not count as active what has ended since", async () => {
  const companies = [await addCompany(world), await addCompany(world), await addCompany(world)];
  const { viewer, connectionIds } = await connectCompanies(world, companies);
  const count = async () => {
    const { requests } = await asCustomer(world.database, viewer, (tx) =>
      listRequests(tx, { limit: 1, locale: "en" }),
    );
    return requests.map(({ counts }) => counts);
  };
  expect(await count()).toEqual([{ active: 3 }]);
  await deactivate(world, viewer, connectionIds.slice(1));
  expect(await count()).toEqual([{ active: 1, ended: 2 }]);
});
