import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { VendorRecord } from "@/lib/connectors/entity";
import type { PreparationTools } from "@/lib/connectors/preparation";
import { makeContract, type OpenApiDocument } from "@/testing/openapi-contract";
import {
  approveTenant,
  keyOf,
  makeAttempt,
  makeSuperOfficeContext,
  signInOf,
  startTestSandbox,
} from "@/testing/superoffice-sandbox";
import { superoffice } from ".";
import { rightsCatalogue } from "./rights-catalogue";

const folder = fileURLToPath(new URL("../../../../shared/apis", import.meta.url));
/** The vendor has a document for each part of its API. */
const PARTS = [
  ...["User", "Contact", "Person", "Sale", "MDOList", "List", "ForeignApp", "Archive"],
  "ConfigurationAgent",
];
const fileOf = (part: string): string => `${folder}/superoffice/Swagger-v1-${part}.json`;
const isDocumentHere = PARTS.every((part) => existsSync(fileOf(part)));

test("the vendor's document is here, or the whole folder is not and the contract is left out", () => {
  if (!isDocumentHere)
    process.stderr.write(`SuperOffice contract left out: ${folder} lacks ${PARTS.join(", ")}\n`);
  expect(existsSync(folder)).toBe(isDocumentHere);
});

/** Of Swagger 2.0, what the calls here need; bodies and schemas have other places there. */
type Parameter = { in: string; schema?: Record<string, unknown> };
type SwaggerOperation = {
  parameters?: Parameter[];
  responses: Record<string, { schema?: Record<string, unknown> }>;
};
type SwaggerDocument = {
  paths: Record<string, Record<string, SwaggerOperation>>;
  definitions: Record<string, Record<string, unknown>>;
};
type Paths = OpenApiDocument["paths"];

const countParameters = (path: string): number => path.split("{").length;

/** All parts as one document, the most exact path first: `/v1/User/currentPrincipal` is no `/v1/User/{id}`. */
function readDocument(): OpenApiDocument {
  const parts = PARTS.map((part): SwaggerDocument => {
    return JSON.parse(
      readFileSync(fileOf(part), "utf8").replaceAll("#/definitions/", "#/components/schemas/"),
    );
  });
  const paths = parts.flatMap((part) => Object.entries(part.paths).map(convert));
  return {
    paths: Object.fromEntries(paths.sort(([one], [other]) => countParameters(one) - countParameters(other))),
    components: { schemas: Object.assign({}, ...parts.map(({ definitions }) => definitions)) },
  };
}

function convert([path, operations]: [string, Record<string, SwaggerOperation>]): [string, Paths[string]] {
  return [
    path.replace(/^\/api/, ""),
    Object.fromEntries(
      Object.entries(operations).map(([method, { parameters, responses }]) => {
        const schema = parameters?.find((one) => one.in === "body")?.schema;
        const body = schema && { requestBody: { content: { "application/json": { schema } } } };
        return [method, { ...body, responses: toContent(responses) }];
      }),
    ),
  ];
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

  test("what rows make of companies, persons and sales", async () => {
    const key = await approveTenant(sandbox, superoffice, {
      ...{ email: "owner@example.com", tenantId: "Cust10003" },
    });
    contract.seen.length = 0;
    const context = makeSuperOfficeContext(sandbox.url, { fetch: contract.watch(fetch) });
    const write = async (id: string, row: Record<string, string>, written: VendorRecord | null = null) => {
      const entity = superoffice.entities?.[id];
      if (!entity) throw new Error(`there is no ${id}`);
      const settings = entity.settings.parse({});
      const input = {
        row: entity.schema.parse(row),
        settings,
        written,
        findWritten: async () => null,
        isUnderWay: async () => false,
        mark: "m",
      };
      await entity.lookUp(context, key, input);
      const result = await entity.write(context, key, input);
      if (result.kind !== "written") throw new Error(`${id}: ${JSON.stringify(result)}`);
      return { vendorId: result.vendorId, label: result.label };
    };
    const company = {
      ...{
        CompUserKey01: "1",
        Name: "Aapasuon Oy",
        Phone1: "010",
        Email1: "a@example.com",
        Url1: "a.example",
      },
      ...{ Category: "New category", Business: "Retail", CountryName: "Sweden", AssociateName: "AINOE" },
      ...{ PostalCity: "Helsinki", StreetAddress1: "Kuja 1", NoMailing: "TRUE" },
    };
    const record = await write("companies", company);
    await write("companies", { ...company, Name: "Aapasuon Huolto Oy" }, record);
    const person = { PersUserKey01: "1", CompUserKey01: "1", LastName: "Mallikas", Position: "Buyer" };
    await write("persons", { ...person, BirthDate: "1980-04-03", Mobile1: "040" });
    await write("sales", {
      ...{ SaleUserKey01: "1", CompUserKey01: "1", PersUserKey01: "1", Heading: "Tyres", Amount: "100,50" },
      ...{ Cost: "60", Status: "SOLD", SaleType: "Order", Stage: "Offer", Source: "Web", Currency: "EUR" },
      ...{ SaleDate: "2026-11-30", Probability: "50" },
    });
    const foreignKey = "/v1/ForeignApp/{applicationName}/{deviceName}";
    // PATCH stands in the vendor's guide alone.
    expect([...new Set(contract.seen)].toSorted()).toEqual([
      "GET /v1/Archive/{archiveProviderName} 200",
      "GET /v1/Contact/default 200",
      "GET /v1/Contact/{id} 200",
      `GET ${foreignKey}/Key/{keyName}/{tableName} 200`,
      "GET /v1/List/Country/Items 200",
      "GET /v1/MDOList/{listname} 200",
      "GET /v1/Person/default 200",
      "GET /v1/Sale/default 200",
      "POST /v1/Contact 200",
      `POST ${foreignKey}/{deviceIdentifier}/Key 200`,
      "POST /v1/List/Category/Items 200",
      "POST /v1/Person 200",
      "POST /v1/Sale 200",
    ]);
  });

  test("what a preparation reads and makes, and what the end of a connection removes", async () => {
    const key = await approveTenant(sandbox, superoffice, {
      ...{ email: "owner@example.com", tenantId: "Cust10003" },
    });
    contract.seen.length = 0;
    const context = makeSuperOfficeContext(sandbox.url, { fetch: contract.watch(fetch) });
    const { prepare } = superoffice;
    if (!prepare) throw new Error("prepares nothing");
    const needs = {
      rights: [
        { path: "contact", level: "write" },
        { path: "sale", level: "write" },
      ],
      choices: {},
    };
    const prepared: Record<string, string> = {};
    const made: string[] = [];
    const tools: PreparationTools = {
      prepared,
      use: async (thing) => ({ isOurs: made.includes(thing) }),
      release: async () => undefined,
      beginMaking: async (thing) => {
        made.push(thing);
      },
    };
    for (const step of prepare.steps(needs)) {
      const result = await prepare.run(context, key, step, needs, tools);
      if (result.kind !== "done" && result.kind !== "kept")
        throw new Error(`${step}: ${JSON.stringify(result)}`);
      if (result.value) prepared[step] = result.value;
    }
    expect(made).toEqual([
      "field:contact:Siteshop:CompUserKey01",
      "field:sale:Siteshop:SaleUserKey01",
      "list_item:source:API",
    ]);
    for (const thing of made) expect(await prepare.remove(context, key, thing)).toBe("removed");
    const ofContact = contract.seen.filter((call) => !call.includes("/v1/Sale/"));
    const layout = "/v1/Contact/UdefLayout";
    expect([...new Set(ofContact)].toSorted()).toEqual(
      [
        `DELETE ${layout}/{progidOrLabel} 204`,
        "DELETE /v1/List/Source/Items/{id} 204",
        `GET ${layout} 200`,
        `GET ${layout}/Changed 200`,
        `GET ${layout}/Publish 200`,
        `GET ${layout}/Published 200`,
        `GET ${layout}/Published/{progidOrLabel} 200`,
        `GET ${layout}/Published/{progidOrLabel} 404`,
        "GET /v1/MDOList/{listname} 200",
        "POST /v1/Agents/Configuration/RebuildUdefDeltas 204",
        `POST ${layout} 200`,
        `POST ${layout}/Publish 200`,
        "POST /v1/List/Source/Items 200",
        `PUT ${layout} 200`,
      ].toSorted(),
    );
  });

  test("every entity of the rights has a document of its own", () => {
    for (const { path } of rightsCatalogue) {
      const name = path.charAt(0).toUpperCase() + path.slice(1);
      expect(existsSync(`${folder}/superoffice/Swagger-v1-${name}.json`), name).toBe(true);
    }
  });
});
