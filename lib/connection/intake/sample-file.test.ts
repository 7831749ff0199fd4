import { expect, test } from "vitest";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import { readFile } from "../import/read-file";
import { openCsv } from "./format/csv";
import { makeSampleFile } from "./sample-file";

const ID = "K1234-ABCDE";
const entities = CONNECTOR_IDS.flatMap((connector) =>
  Object.values(getConnector(connector).entities ?? {}).map(
    (entity) => [`${connector}: ${entity.id}`, entity] as const,
  ),
);

test.each(entities)("the sample of %s is a file of records that the entity takes", async (_name, entity) => {
  const { name, content } = makeSampleFile(entity, ID);
  expect(name).toBe(`${entity.id}-sample.csv`);
  const csv = await openCsv([Buffer.from(content)], {
    envelope: "required",
    integrationId: ID,
    knownColumns: [],
  });
  expect(csv).not.toHaveProperty("problem");
  // The same without the envelope, as a person drops it on a page.
  const plain = content
    .replace(/^\ufeff/, "")
    .split("\r\n")
    .map((line) => line.split(";").slice(1, -1).join(";"))
    .join("\r\n");
  const settings = entity.settings.safeParse({}).data ?? {};
  const read = await readFile(new TextEncoder().encode(plain), { entity, settings });
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  expect(read.records.map(({ key, problems }) => ({ key, problems }))).toEqual([
    { key: "SAMPLE-1", problems: [] },
    { key: "SAMPLE-2", problems: [] },
  ]);
});

test("holds the IntegrationID around each row, and a day of now", () => {
  const [, entity] = entities.find(([name]) => name === "procountor: sales-invoices") ?? [];
  if (!entity) throw new Error("no sales invoices");
  const { content } = makeSampleFile(entity, ID, "2026-11-30");
  expect(content.split("\r\n").slice(0, 3)).toEqual([
    "\ufeffIntegrationID;invoiceNumber;date;customerName;email;lines.product;lines.quantity;lines.unitPrice;lines.vatPercent;IntegrationIDCheck",
    `${ID};SAMPLE-1;2026-11-30;Esimerkki Oy;billing@example.com;Hire of a hall;2;50.00;25.5;${ID}`,
    `${ID};SAMPLE-2;2026-11-30;Esimerkki Oy;billing@example.com;Hire of a hall;2;50.00;25.5;${ID}`,
  ]);
});
