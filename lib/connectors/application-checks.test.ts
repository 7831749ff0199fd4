import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeProcountorContext, startTestSandbox as startProcountor } from "@/testing/procountor-sandbox";
import { makeSuperOfficeContext, startTestSandbox as startSuperOffice } from "@/testing/superoffice-sandbox";
import type { Connector } from "./connector";
import type { ConnectorContext } from "./context";
import { getConnector } from "./registry";

let procountor: Awaited<ReturnType<typeof startProcountor>>;
let superoffice: Awaited<ReturnType<typeof startSuperOffice>>;
beforeAll(async () => {
  [procountor, superoffice] = await Promise.all([startProcountor(), startSuperOffice()]);
});
afterAll(async () => {
  await procountor.close();
  await superoffice.close();
});

/** How each check ends, up to the first that does not pass. */
async function runAll({ applicationChecks = [] }: Connector, context: ConnectorContext): Promise<string[]> {
  const ends: string[] = [];
  for (const { run } of applicationChecks) {
    const result = await run(context).catch((error: { kind?: string }) => ({ failed: String(error.kind) }));
    ends.push(result === "passed" ? result : "skipped" in result ? "skipped" : result.failed);
    if (typeof result === "object" && "failed" in result) break;
  }
  return ends;
}

describe("Procountor", () => {
  const connector = getConnector("procountor");
  const make = (settings: Record<string, string> = {}, secrets: Record<string, string> = {}) => {
    const context = makeProcountorContext(procountor.url);
    return {
      ...context,
      application: { ...context.application, ...settings },
      secrets: { ...context.secrets, ...secrets },
    };
  };

  test("is proven by its address, a token and the list of customers", async () => {
    expect(await runAll(connector, make())).toEqual(["passed", "passed", "passed"]);
  });

  test.each([
    ["client secret", {}, { clientSecret: "wrong" }],
    ["own API key", {}, { m2mApiKey: "wrong" }],
    ["client id", { clientId: "nobody" }, {}],
  ])("tells a wrong %s at the token", async (_, settings, secrets) => {
    expect(await runAll(connector, make(settings, secrets))).toEqual(["passed", "application_refused"]);
  });

  test("tells a wrong integration id at the list", async () => {
    const ends = await runAll(connector, make({ vendorIntegrationId: "nobody" }));
    expect(ends.slice(0, 2)).toEqual(["passed", "passed"]);
    expect(ends[2]).toMatch(/application_refused|forbidden/);
  });

  test.each([
    "https://procountor.com.evil.example/a",
    "https://evil.example/a",
    "http://api.procountor.com/a",
  ])("sends no customer to %s", async (activationUrl) => {
    const context = make({ activationUrl });
    const { apiBaseUrl: _, ...application } = context.application;
    const [end] = await runAll(connector, { ...context, application });
    expect(end).toMatch(/https:\/\//);
  });
});

describe("SuperOffice", () => {
  const connector = getConnector("superoffice");

  test("is proven by its client, and its key as far as it goes", async () => {
    expect(await runAll(connector, makeSuperOfficeContext(superoffice.url))).toEqual(["passed", "skipped"]);
  });

  test("tells a wrong application token, and a key that cannot sign", async () => {
    const context = makeSuperOfficeContext(superoffice.url);
    const { secrets } = context;
    expect(
      await runAll(connector, { ...context, secrets: { ...secrets, applicationToken: "wrong" } }),
    ).toEqual(["application_refused"]);
    const ends = await runAll(connector, { ...context, secrets: { ...secrets, privateKey: "nonsense" } });
    expect(ends[1]).toMatch(/cannot sign/);
  });
});
