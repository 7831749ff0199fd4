import { expect, test } from "vitest";
import { getConnector } from "@/lib/connectors/registry";
import { readApplicationForm } from "./read-form";

const { manifest } = getConnector("procountor");
const filled = {
  clientId: " esimerkki-orders ",
  "settings.activationUrl": "https://api.procountor.com/activate/1",
  "settings.vendorIntegrationId": "17",
  "settings.callbackParameter": "requestId",
  "secrets.clientSecret": "  secret with blanks inside ",
  "secrets.m2mApiKey": "key",
};
const read = (fields: Record<string, string>, present: string[] = []) =>
  readApplicationForm(manifest, { get: (name) => fields[name] ?? null }, present);

test("what was typed is cleaned, and what may be left out is", () => {
  expect(read(filled)).toEqual({
    input: {
      clientId: "esimerkki-orders",
      settings: {
        activationUrl: "https://api.procountor.com/activate/1",
        vendorIntegrationId: "17",
        callbackParameter: "requestId",
      },
      secrets: { clientSecret: "secret with blanks inside", m2mApiKey: "key" },
    },
  });
});

test("a base address is no field of the partner's, whatever is sent", () => {
  const result = read({ ...filled, "settings.apiBaseUrl": "http://10.0.0.1" });
  expect(JSON.stringify(result)).not.toContain("10.0.0.1");
});

test("a secret that is there may stay empty; a new application needs them all", () => {
  const { "secrets.m2mApiKey": _, ...rest } = filled;
  expect(read(rest)).toEqual({ fieldErrors: { "secrets.m2mApiKey": "required" } });
  expect(read(rest, ["m2mApiKey"])).toMatchObject({
    input: { secrets: { clientSecret: expect.any(String) } },
  });
});

test.each([
  ["settings.activationUrl", "javascript:alert(1)", "described"],
  ["settings.callbackParameter", "x".repeat(101), "too_long"],
  ["clientId", "", "required"],
])("%s refuses %s", (name, value, code) => {
  expect(read({ ...filled, [name]: value })).toEqual({ fieldErrors: { [name]: code } });
});

test("a PEM file keeps its lines, whatever browsers make of their ends", () => {
  const superoffice = getConnector("superoffice").manifest;
  const pem = "-----BEGIN PRIVATE KEY-----\r\nabc\r\n-----END PRIVATE KEY-----\r\n";
  const fields: Record<string, string> = {
    clientId: "id",
    "secrets.applicationToken": "token",
    "secrets.privateKey": pem,
  };
  const result = readApplicationForm(superoffice, { get: (name) => fields[name] ?? null }, []);
  expect(result).toMatchObject({
    input: { secrets: { privateKey: "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----" } },
  });
});
