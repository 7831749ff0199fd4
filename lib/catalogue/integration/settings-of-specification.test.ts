import { expect, test } from "vitest";
import { goIntegration } from "@/db/seed-content-go";
import { specificationContent } from "./schema";

const { content } = goIntegration;
const messagesOf = (change: object): string[] =>
  specificationContent.safeParse({ ...content, ...change }).error?.issues.map(({ message }) => message) ?? [];

test("the sample's settings and requirements hold together", () => {
  expect(messagesOf({})).toEqual([]);
});

test("what does not hold together is told before it is published", () => {
  const [first] = content.settings;
  expect(messagesOf({ settings: [] })).toEqual([
    "requirements: there is no setting product_groups",
    "requirements: there is no setting delivery",
    "requirements: there is no setting delivery",
    "requirements: customer_numbers is no number_range",
  ]);
  expect(messagesOf({ settings: [...content.settings, first] })).toEqual([
    "settings: two have the same name",
  ]);
  expect(messagesOf({ settings: [{ ...first, default: "other" }], requirements: undefined })).toEqual([
    "settings: the default of data_flows is none of its choices",
  ]);
});
