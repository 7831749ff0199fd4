import { createElement as h } from "react";
import { expect, test } from "vitest";
import { answer, render } from "@/components/render-screen.fixture";
import { environments } from "@/components/screens.fixture";
import { EnvironmentsStep } from "./environments-step";

test.each([
  ["procountor", "fi", "Y-tunnuksella", "organisaationumero"],
  ["poweroffice-go", "fi", "organisaationumerolla", "Y-tunnu"],
  ["poweroffice-go", "da", "organisationsnummer", "CVR"],
  ["poweroffice-go", "en", "organization number", "business ID"],
] as const)("%s in %s names the numbers that its companies have", (connectorId, locale, own, other) => {
  const html = render(
    h(EnvironmentsStep, {
      view: { ...environments, connectorId },
      actions: { beginConsent: answer, removeConsent: answer, selectEnvironments: answer },
      shareUrl: "http://localhost/a/example-token",
      handOverHref: "/a/example-token/hand-over",
    }),
    locale,
  );
  expect(html).toContain(own);
  expect(html).not.toContain(other);
});
