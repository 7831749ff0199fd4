import { expect, test } from "vitest";
import { grantsKeys, requestsAddress } from "./connector";
import { getConnector } from "./registry";

const IDS = ["procountor", "poweroffice-go"];

test.each(IDS)("%s has the verbs that its capabilities stand for, and no others", (id) => {
  const connector = getConnector(id);
  expect(connector.manifest.id).toBe(id);
  const verbs = (names: readonly string[]) => names.map((name) => name in connector);
  const isRequested = requestsAddress(connector);
  expect(verbs(["requestConsent", "beginGrant"])).toEqual([isRequested, !isRequested]);
  const isGranting = grantsKeys(connector);
  expect(verbs(["redeemGrant", "describeKey", "release"])).toEqual(Array(3).fill(isGranting));
  expect(verbs(["completeGrant", "activate", "listCustomers"])).toEqual(Array(3).fill(!isGranting));
});

test("what is no connector is a setting that is wrong", () => {
  for (const id of ["superbooks", "constructor"])
    expect(() => getConnector(id)).toThrow(expect.objectContaining({ code: "misconfigured" }));
});
