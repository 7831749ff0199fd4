import { expect, test } from "vitest";
import { findKeyPlace, KEY_FIELDS, preparedState, readPreparedState } from "./key-place";

const FOREIGN_APP = { kind: "foreign_app" };

test("keys stand in the table of foreign keys where nothing was prepared", () => {
  expect(findKeyPlace(undefined, "companies")).toEqual(FOREIGN_APP);
  expect(findKeyPlace(null, "companies")).toEqual(FOREIGN_APP);
  expect(findKeyPlace({}, "companies")).toEqual(FOREIGN_APP);
});

test("a prepared entity names its field, the others have none", () => {
  const place = { kind: "user_field", progId: `Siteshop:${KEY_FIELDS.companies}` } as const;
  const prepared = preparedState.parse({ keyPlaces: { companies: place } });
  expect(findKeyPlace(prepared, "companies")).toEqual(place);
  expect(findKeyPlace(prepared, "persons")).toEqual(FOREIGN_APP);
  expect(findKeyPlace(prepared, "constructor")).toEqual(FOREIGN_APP);
  expect(readPreparedState(prepared).prefix).toBe("Siteshop:");
});

test("a state that was damaged is an error, and no other place for keys", () => {
  expect(() => findKeyPlace({ keyPlaces: { companies: { kind: "user_field" } } }, "companies")).toThrow();
});
