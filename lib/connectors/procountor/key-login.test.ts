import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { isAppError } from "@/lib/core/app-error";
import { makeContract } from "@/testing/openapi-contract";
import { makeProcountorContext, startTestSandbox } from "@/testing/procountor-sandbox";
import { procountor } from ".";
import { keyLoginAddress, parseKeyLogin, redeemKeyLogin } from "./key-login";

const STATE = "a-state-of-ours-that-nobody-else-can-make-0001";
const COMPANY = 15501;

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** Logs in as the browser does and reads what comes back. */
async function logIn(user?: "person"): Promise<string> {
  const { application } = makeProcountorContext(sandbox.url);
  const back = await sandbox.logInForKey(keyLoginAddress(application, STATE), { companyId: COMPANY, user });
  expect(`${back.origin}${back.pathname}`).toBe(application.redirectUri);
  const returned = procountor.parseReturn(back.searchParams, application);
  expect(returned).toMatchObject({ kind: "key_login", state: STATE });
  return returned?.kind === "key_login" ? (returned.code ?? "") : "";
}

test("the login page has the address, the client and our state as the vendor's documents name them", () => {
  const redirectUri = "https://portal.example/connect/orders/return";
  const url = keyLoginAddress(
    { stage: "production", clientId: "orders", apiVersion: "latest", redirectUri },
    STATE,
  );
  expect(`${url.origin}${url.pathname}`).toBe("https://api.procountor.com/keylogin");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: "code",
    client_id: "orders",
    redirect_uri: redirectUri,
    state: STATE,
  });
});

test("without a registered return address there is no login page", () => {
  const begin = () => keyLoginAddress({ stage: "production", clientId: "orders" }, STATE);
  expect(begin).toThrowError(expect.toSatisfy((error) => isAppError(error, "misconfigured")));
});

test("a code is traded for a key of the company once", async () => {
  const context = makeProcountorContext(sandbox.url);
  const code = await logIn();
  const secret = await redeemKeyLogin(context, code);
  const read = await procountor.verify(context, { connectionId: "c", secret }, []);
  expect(read.identity.externalId).toBe(String(COMPANY));
  expect(read.rights.boundToNaturalPerson).toBe(false);
  await expect(redeemKeyLogin(context, code)).rejects.toMatchObject({
    kind: "rejected",
    answer: { operation: "POST /oauth/key", status: 400 },
  });
  expect(context.logged.join()).not.toContain(code);
});

test("the key of somebody who logged in as a person is seen to be one", async () => {
  const context = makeProcountorContext(sandbox.url);
  const secret = await redeemKeyLogin(context, await logIn("person"));
  const { rights } = await procountor.verify(context, { connectionId: "c", secret }, []);
  expect(rights.boundToNaturalPerson).toBe(true);
});

test.each([
  "",
  `state=${STATE.slice(0, 20)}&code=a-code-0001`,
  `code=a-code-0001`,
  `state=${"x ".repeat(30)}`,
])("a return without our state is none: %s", (query) =>
  expect(parseKeyLogin(new URLSearchParams(query))).toBeNull(),
);

test("a login that was not finished brings the state alone; a request's id goes before it", () => {
  const { application } = makeProcountorContext(sandbox.url);
  const parse = (query: string) => procountor.parseReturn(new URLSearchParams(query), application);
  expect(parse(`error=access_denied&state=${STATE}`)).toEqual({
    kind: "key_login",
    state: STATE,
    code: null,
  });
  expect(parse(`requestId=42&state=${STATE}&code=a-code-0001`)).toEqual({
    kind: "request",
    vendorRequest: "42",
  });
});

const folder = fileURLToPath(new URL("../../../../shared/apis", import.meta.url));
const file = `${folder}/procountor-26.04.json`;

test.runIf(existsSync(file))("what is read with the key is as the vendor's document 26.04 says", async () => {
  const contract = makeContract(JSON.parse(readFileSync(file, "utf8")));
  const context = makeProcountorContext(sandbox.url, { fetch: contract.watch(fetch) });
  const secret = await redeemKeyLogin(context, await logIn());
  await procountor.verify(context, { connectionId: "c", secret }, []);
  expect(contract.seen).toEqual(["GET /company 200", "GET /users/rights 200"]);
});
