import { describe, expect, test } from "vitest";
import { createWords } from "@/lib/platform/i18n/messages";
import { type EndedConnection, renderConnectionsEndedMail } from "./connections-ended-mail";
import { renderConnectionsEndedPartnerMail } from "./connections-ended-partner-mail";

const connection = (key: EndedConnection["key"], name = "Esimerkkikahvila Oy"): EndedConnection => ({
  name,
  businessId: "1234567-8",
  integration: "Orders to invoices",
  connector: { id: "procountor", name: "Procountor" },
  username: "Orders API",
  key,
});
const base = {
  locale: "en",
  words: createWords("en"),
  askedBy: "customer",
  askedByEmail: "aino@example.com",
  reason: null,
  partner: "Esimerkki Software Oy",
  support: "support@partner.example",
  url: "https://portal.example/home",
} as const;
const render = (connections: EndedConnection[], more: object = {}) =>
  renderConnectionsEndedMail({ ...base, connections, ...more });

describe("to the customer", () => {
  test("the steps that are left are named once, however many companies they are for", () => {
    const { text, html, subject } = render([
      connection("left_to_customer", "One Oy"),
      connection("left_to_customer", "Two Oy"),
      connection("dead", "Three Oy"),
    ]);
    expect(subject).toContain("3 companies");
    expect(text.match(/Management → Users and privileges/g)).toHaveLength(1);
    for (const body of [text, html]) expect(body).toContain("Three Oy (1234567-8)");
  });

  test("nothing is said to be left where the vendor removed the key", () => {
    const { text } = render([connection("removed")]);
    expect(text).toContain("the key is dead");
    expect(text).not.toContain("left for you");
  });

  test("a shared key is told apart, and a reason is given where there is one", () => {
    const { text } = render([connection("shared")], { askedBy: "partner", reason: "Over <b>now</b>." });
    expect(text).toContain("does not disconnect the integration there");
    expect(text).toContain("Esimerkki Software Oy ended it");
    expect(text).toContain("Over <b>now</b>.");
    expect(render([connection("shared")], { reason: "Over <b>now</b>." }).html).not.toContain("<b>");
  });

  test.each(["en", "fi", "nb", "sv", "da"] as const)("it has all its words in %s", (locale) => {
    for (const key of ["pending", "removed", "left_to_customer", "shared", "dead"] as const)
      for (const askedBy of ["customer", "partner", "operator", "system"] as const) {
        const { text, subject } = render([connection(key)], { locale, words: createWords(locale), askedBy });
        expect(`${subject} ${text}`).not.toMatch(/endMail\.|leftToCustomer\./);
      }
  });
});

test("the partner's mail has the ids and no name of a customer", () => {
  const { text, subject } = renderConnectionsEndedPartnerMail({
    locale: "en",
    words: createWords("en"),
    askedBy: "customer",
    reason: "We changed systems.",
    host: "portal.example",
    connections: [{ id: "id-1", integration: "Orders to invoices", connector: "Procountor", key: "removed" }],
  });
  expect(subject).toBe("Orders to invoices: 1 connection has ended");
  expect(text).toContain("id-1: removed in Procountor");
  expect(text).toContain("GET /api/v1/connections/{id}");
  expect(text).toContain("We changed systems.");
});
