import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeContract, type OpenApiDocument } from "@/testing/openapi-contract";
import {
  keyOf,
  makeAttempt,
  makeSuperOfficeContext,
  signInOf,
  startTestSandbox,
} from "@/testing/superoffice-sandbox";
import { superoffice } from ".";
import { rightsCatalogue } from "./rights-catalogue";

const folder = fileURLToPath(new URL("../../../../shared/apis", import.meta.url));
const file = `${folder}/superoffice/Swagger-v1-User.json`;
const isDocumentHere = existsSync(file);

test("the vendor's document is here, or the whole folder is not and the contract is left out", () => {
  if (!isDocumentHere) process.stderr.write(`SuperOffice contract left out: ${file} is not there\n`);
  expect(existsSync(folder)).toBe(isDocumentHere);
});

/** Of Swagger 2.0, what the calls here need; a schema has another place there. */
type SwaggerDocument = {
  paths: Record<string, Record<string, { responses: Record<string, { schema?: Record<string, unknown> }> }>>;
  definitions: Record<string, Record<string, unknown>>;
};

const countParameters = (path: unknown): number => String(path).split("{").length;

function readDocument(): OpenApiDocument {
  const text = readFileSync(file, "utf8").replaceAll("#/definitions/", "#/components/schemas/");
  const { paths, definitions }: SwaggerDocument = JSON.parse(text);
  const convert = ([path, operations]: [string, SwaggerDocument["paths"][string]]) => [
    path.replace(/^\/api/, ""),
    Object.fromEntries(
      Object.entries(operations).map(([method, { responses }]) => [
        method,
        { responses: toContent(responses) },
      ]),
    ),
  ];
  return {
    // The most exact path first: `/v1/User/currentPrincipal` is no `/v1/User/{id}`.
    paths: Object.fromEntries(
      Object.entries(paths)
        .map(convert)
        .sort(([one], [other]) => countParameters(one) - countParameters(other)),
    ),
    components: { schemas: definitions },
  };
}

function toContent(responses: Record<string, { schema?: Record<string, unknown> }>) {
  return Object.fromEntries(
    Object.entries(responses).map(([status, { schema }]) => [
      status,
      schema ? { content: { "application/json": { schema } } } : {},
    ]),
  );
}

describe.runIf(isDocumentHere)("SuperOffice's web API v1", () => {
  const contract = makeContract(
    isDocumentHere ? readDocument() : { paths: {}, components: { schemas: {} } },
    /^\/online\d+\/\w+\/api/,
  );
  let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());

  test("what the system user reads of itself", async () => {
    const context = makeSuperOfficeContext(sandbox.url, { fetch: contract.watch(fetch) });
    const consent = signInOf(superoffice);
    const { attempt, proof } = makeAttempt();
    const callback = await sandbox.signIn(
      consent.address(context, attempt).url.href,
      "owner@example.com",
      "Cust10003",
    );
    const granted = await consent.redeem(context, callback.searchParams.get("code") ?? "", proof);
    const key = "keys" in granted ? granted.keys[0] : undefined;
    await consent.describeKey(context, keyOf(key?.secret ?? ""), []);
    expect(contract.seen).toEqual(["GET /v1/User/currentPrincipal 200"]);
  });

  test("every entity of the rights has a document of its own", () => {
    for (const { path } of rightsCatalogue) {
      const name = path.charAt(0).toUpperCase() + path.slice(1);
      expect(existsSync(`${folder}/superoffice/Swagger-v1-${name}.json`), name).toBe(true);
    }
  });
});
