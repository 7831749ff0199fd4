import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { makePowerOfficeContext } from "@/testing/poweroffice-sandbox";
import { listApplicationFields } from "./application-field";
import type { Connector, ConnectorOf, DecisionConsent, KeysConsent } from "./connector";
import { CONNECTOR_IDS, getConnector } from "./registry";
import { withCredential } from "./with-credential";

test("a connector has the verbs of its own kind of consent, or does not compile", () => {
  type Of<Consent> = Omit<Connector, "consent"> & { consent: Consent };
  expectTypeOf<Of<DecisionConsent>>().toExtend<Connector>();
  // It says that it decides and has no verb for it; it says that its consent issues keys and cannot give one back.
  expectTypeOf<Of<Omit<DecisionConsent, "decide">>>().not.toExtend<Connector>();
  expectTypeOf<Of<Omit<KeysConsent, "giveBack">>>().not.toExtend<Connector>();
  // It decides with the verbs of the other kind.
  expectTypeOf<Of<Omit<KeysConsent, "kind"> & { kind: "decision" }>>().not.toExtend<Connector>();
});

test("what is no connector is a setting that is wrong", () => {
  for (const id of ["superbooks", "constructor"])
    expect(() => getConnector(id)).toThrow(expect.objectContaining({ code: "misconfigured" }));
});

describe.each(CONNECTOR_IDS)("%s", (id) => {
  const { manifest } = getConnector(id);

  test("is registered under its own id", () => {
    expect(manifest.id).toBe(id);
  });

  test("says for each field of a vendor application what it is and how it helps", () => {
    const fields = listApplicationFields(manifest);
    expect(fields[0]?.name).toBe("clientId");
    expect(fields.some(({ isSecret }) => isSecret)).toBe(true);
    for (const { title, help } of fields) expect([title, help]).not.toContain("");
  });

  test("names the source of each limit that it keeps", () => {
    const limits = Object.values(manifest.limits);
    expect(limits.length).toBeGreaterThan(0);
    for (const { source, requestsPerSecond } of limits) {
      expect(source).not.toBe("");
      expect(requestsPerSecond).toBeGreaterThan(0);
    }
  });
});

describe("a credential that is more than a text", () => {
  type Ticket = { tenant: string; token: string };
  const codec = z.codec(z.string(), z.object({ tenant: z.string(), token: z.string() }), {
    decode: (text) => {
      const [tenant = "", token = ""] = text.split("/");
      return { tenant, token };
    },
    encode: ({ tenant, token }) => `${tenant}/${token}`,
  });
  const { manifest } = getConnector("poweroffice-go");
  const unused = () => Promise.reject(new Error("not called"));
  const seen: Ticket[] = [];
  const own: ConnectorOf<Ticket> = {
    manifest,
    consent: {
      kind: "authorize",
      covers: "one_environment",
      address: ({ now }, { returnUrl }) => ({ url: returnUrl, validUntil: now() }),
      redeem: async (_context, code, { nonce }) => ({
        initiatorEmail: null,
        withoutKey: [],
        keys: [{ name: null, businessId: null, secret: { tenant: code, token: nonce } }],
      }),
      describeKey: unused,
      giveBack: async (_context, { secret }) => {
        seen.push(secret);
        return "left_to_customer";
      },
    },
    parseReturn: () => null,
    verify: unused,
    probeKey: async (_context, { secret }) => {
      seen.push(secret);
      return "alive";
    },
  };
  const connector = withCredential(codec, own);
  const context = makePowerOfficeContext("http://127.0.0.1:1");
  const returnUrl = new URL("https://portal.example/return");

  test("is sealed as its text and comes back as itself", async () => {
    if (connector.consent.kind !== "authorize") throw new Error("the kind of consent was lost");
    const proof = { returnUrl, nonce: "n", codeVerifier: "v" };
    const granted = await connector.consent.redeem(context, "Cust1", proof);
    expect(granted).toMatchObject({ keys: [{ name: null, businessId: null, secret: "Cust1/n" }] });
    const key = { subject: { kind: "pasted_key" as const }, secret: "Cust1/n" };
    expect(await connector.consent.giveBack(context, key)).toBe("left_to_customer");
    expect(await connector.probeKey(context, key, returnUrl)).toBe("alive");
    expect(seen).toEqual([
      { tenant: "Cust1", token: "n" },
      { tenant: "Cust1", token: "n" },
    ]);
  });

  test("gives it no verb that it did not have", () => {
    expect(connector.revokeKey).toBeUndefined();
    expect(connector.pastedKey).toBeUndefined();
  });
});
