import { expect, test } from "vitest";
import { getConnector } from "@/lib/connectors/registry";
import { isAppError } from "@/lib/core/app-error";
import { procountor } from ".";
import { getApiUrl } from "./base-url";
import { beginGrant } from "./begin-grant";
import type { ProcountorApplication } from "./manifest";

const application: ProcountorApplication = { stage: "production", clientId: "esimerkki-orders" };

function caught(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

test.each([
  ["latest", "https://api.procountor.com/latest/api"],
  ["supported", "https://api.procountor.com/supported/api"],
  ["v2604", "https://api.procountor.com/v2604/api"],
  [undefined, "https://api.procountor.com/api"],
])("version %s is a prefix of the path", (apiVersion, expected) => {
  expect(getApiUrl({ ...application, apiVersion })).toBe(expected);
});

test("the stage chooses the server, and a base URL of its own replaces it", () => {
  expect(getApiUrl({ ...application, stage: "test" })).toBe("https://pts-api.procountor.com/api");
  expect(getApiUrl({ ...application, apiBaseUrl: "http://127.0.0.1:4400/api/", apiVersion: "latest" })).toBe(
    "http://127.0.0.1:4400/latest/api",
  );
});

test("a version that the vendor does not have is a mistake in the settings", () => {
  expect(
    isAppError(
      caught(() => getApiUrl({ ...application, apiVersion: "../x" })),
      "misconfigured",
    ),
  ).toBe(true);
});

test("the customer starts at the integration's activation link", () => {
  const activationUrl = "https://secure.procountor.com/activate/1?lang=fi";
  expect(beginGrant({ ...application, activationUrl }).href).toBe(activationUrl);
});

test.each([undefined, "", "not a link", "javascript:alert(1)"])(
  "%s is no activation link",
  (activationUrl) => {
    expect(
      isAppError(
        caught(() => beginGrant({ ...application, activationUrl })),
        "misconfigured",
      ),
    ).toBe(true);
  },
);

test("the registry knows the connector, and nothing that it does not have", () => {
  expect(getConnector("procountor")).toBe(procountor);
  expect(
    isAppError(
      caught(() => getConnector("toString")),
      "misconfigured",
    ),
  ).toBe(true);
});
