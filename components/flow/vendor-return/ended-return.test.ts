import { createElement as h } from "react";
import { describe, expect, test } from "vitest";
import { render } from "@/components/render-screen.fixture";
import { names } from "@/components/screens.fixture";
import { ENDED_BECAUSE, type EndedReturnView } from "@/lib/activation/grant/schema";
import { EndedReturn } from "./ended-return";

const plain = async () => {};
const page = (view: Partial<EndedReturnView>) =>
  render(
    h(EndedReturn, {
      view: {
        because: "canceled",
        connectorId: "procountor",
        connectorName: names.connectorName,
        viewerEmail: "a@example.com",
        wayOn: null,
        ...view,
      },
      homeHref: "/home",
      signInHref: "/sign-in?callbackUrl=%2Fhere",
      switchAccount: plain,
    }),
  );

describe("a return without a consent", () => {
  test.each([...ENDED_BECAUSE, "lost", "not_yours"] as const)(
    "%s is said in words, with a way on",
    (because) => {
      const html = page({ because });
      expect(html).toMatch(/<h1[^>]*>\S/);
      expect(html).toContain(names.connectorName);
      expect(html).toContain('href="/home"');
      const signedOut = page({ because, viewerEmail: null });
      expect(signedOut).toContain('href="/sign-in?callbackUrl=%2Fhere"');
    },
  );

  test.each([
    ["draft", "Go on with the activation"],
    ["request", "See the request"],
    ["review", "Open the activation"],
  ] as const)("leads on to the %s", (to, label) => {
    const html = page({ wayOn: { to, href: "/there" } });
    expect(html).toContain('href="/there"');
    expect(html).toContain(label);
  });

  test("what another person began offers to sign in as that person", () => {
    expect(page({ because: "not_yours" })).toContain("Sign in as somebody else");
    expect(page({ because: "canceled" })).not.toContain("<form");
  });
});
