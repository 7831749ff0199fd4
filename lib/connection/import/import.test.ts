import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { importChunks, imports, outboxEvents } from "@/db/schema";
import { ensureIntakeKey } from "@/lib/activation/pasted-key/ensure-intake-key";
import { getConnectionDetails } from "@/lib/connection/lifecycle/queries";
import { getConnector } from "@/lib/connectors/registry";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { connectForDeliveries } from "@/testing/fixtures/deliveries";
import { addCompany } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { carryOutImport, sweepImports } from "./carry-out-import";
import { previewImport } from "./preview-import";
import { listEntities } from "./queries";
import { type FileRecord, type ReadFile, readFile } from "./read-file";
import { startImport } from "./start-import";

const entity = only(
  Object.values(getConnector("procountor").entities ?? {}).filter(({ id }) => id === "sales-invoices"),
);
const settings = entity.settings.parse({});
const HEADER =
  "invoiceNumber;date;customerName;email;lines.product;lines.quantity;lines.unitPrice;lines.vatPercent";
const csv = (...lines: string[]) => new TextEncoder().encode([HEADER, ...lines].join("\r\n"));
const line = (number: string, product = "Hall", price = "50.00", date = "2026-11-30") =>
  `${number};${date};Aapasuon Autohuolto Oy;laskut@example.com;${product};2;${price};25.5`;

async function read(bytes: Uint8Array): Promise<ReadFile> {
  const file = await readFile(bytes, { entity, settings });
  if ("problems" in file) throw new Error(JSON.stringify(file.problems));
  return file;
}

describe("a file of records", () => {
  test("rows that follow each other with one key are the lines of one record", async () => {
    const { records } = await read(csv(line("1"), line("1", "Cleaning"), line("2"), line("1", "Later")));
    expect(records.map(({ key, line: at, fields }) => [key, at, (fields.lines as unknown[]).length])).toEqual(
      [
        ["1", 2, 2],
        ["2", 4, 1],
        ["1", 5, 1],
      ],
    );
    expect(records.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test("lines of one record that contradict each other are named", async () => {
    const { records } = await read(csv(line("1"), line("1", "Cleaning", "50.00", "2026-12-01")));
    expect(only(records).problems).toEqual([{ field: "date", cause: "lines_disagree", isOfFile: true }]);
  });

  test("a row that cannot be read, and one that the entity refuses, are bad alone", async () => {
    const { records } = await read(csv(line("1"), "2;2026-11-30", line("3", "Hall", "50,00")));
    expect(records.map(({ problems }) => problems)).toEqual([
      [],
      [{ field: null, cause: "too_few_fields", isOfFile: true }],
      [{ field: "lines.unitPrice", cause: "field_invalid", isOfFile: false }],
    ]);
  });

  test.each([
    ["nothing", "", "empty"],
    ["a header alone", HEADER, "no_records"],
    [
      "a column that the entity does not have",
      `${HEADER.replace("date", "daet")}\r\n${line("1")}`,
      "column_unknown",
    ],
  ])("%s is refused as a whole", async (_, text, code) => {
    const file = await readFile(new TextEncoder().encode(text), { entity, settings });
    expect(file).toMatchObject({ problems: [{ code }] });
  });

  test("a file that is too large is refused before it is read", async () => {
    const file = await readFile(new Uint8Array(4 * 1024 * 1024 + 1), { entity, settings });
    expect(file).toEqual({ problems: [{ code: "too_large" }] });
  });

  test("bad rows come back as they were, with what is wrong, and no formula in them", async () => {
    const file = await read(csv(line("1"), line("=1+1", "Hall", "x")));
    const words = ({ field, cause }: { field: string | null; cause: string }) => ({
      error: `${field}: ${cause}`,
      fix: "=mend it",
    });
    const preview = previewImport(file, { entity: entity.id, fileName: "a.csv" }, words);
    expect(preview).toMatchObject({ records: 2, good: 1, bad: 1, columns: HEADER.split(";") });
    expect(preview.shown.map(({ line: at }) => at)).toEqual([3, 2]);
    expect(preview.rejected).toBe(
      `\ufeff${HEADER};Error;Fix\r\n'${line("=1+1", "Hall", "x")};lines.unitPrice: field_invalid;'=mend it\r\n`,
    );
    // Mended and sent again, it is read as the person meant it.
    const again = await read(new TextEncoder().encode(preview.rejected?.replace(";x;", ";12.50;") ?? ""));
    expect(again.records.map(({ key, problems }) => [key, problems])).toEqual([["=1+1", []]]);
  });
});

describe("an import", () => {
  let world: VendorWorld;
  let own: Awaited<ReturnType<typeof connectForDeliveries>>;
  let records: FileRecord[];
  beforeAll(async () => {
    world = await createVendorWorld();
    await ensureIntakeKey(world.context);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    own = await connectForDeliveries(world, await addCompany(world));
    ({ records } = await read(csv(line("1"), line("1", "Cleaning"), line("2"))));
  });
  const start = () =>
    asCustomer(world.database, own.viewer, (tx) =>
      startImport(tx, own.viewer, {
        connectionId: own.connectionId,
        entity: entity.id,
        fileName: "invoices\u0000.csv",
        records,
      }),
    );
  const orm = () => world.database.admin.orm;
  const readImport = async (id: string) => only(await orm().select().from(imports).where(eq(imports.id, id)));

  test("becomes one delivery, however often it is carried out, and its rows are written", async () => {
    const id = await start();
    await Promise.all([carryOutImport(world.context, id), carryOutImport(world.context, id)]);
    const carried = await readImport(id);
    expect(carried).toMatchObject({ state: "delivered", fileName: "invoices.csv", rowCount: 2 });
    expect(await own.listDeliveries()).toMatchObject([{ id: carried.deliveryId, door: "page", rowCount: 2 }]);
    expect(await orm().select().from(importChunks).where(eq(importChunks.importId, id))).toEqual([]);
    await own.pump();
    expect(await own.tellRows()).toEqual(["1 written", "2 written"]);
    expect(own.countAtVendor()).toEqual({ 1: 1, 2: 1 });
  });

  test("of the same file again writes nothing", async () => {
    for (const id of [await start(), await start()]) {
      await carryOutImport(world.context, id);
      await own.pump();
    }
    expect(await own.tellRows()).toEqual(["1 written", "2 written", "1 unchanged", "2 unchanged"]);
  });

  test("holds nothing readable while it waits", async () => {
    const id = await start();
    const [found] = await world.database.admin.sql`
      select (select count(*)::int from import_chunks c where c::text like '%Aapasuon%') as rows,
        (select count(*)::int from outbox_events e where e::text like '%Aapasuon%') as events`;
    expect(found).toEqual({ rows: 0, events: 0 });
    expect((await readImport(id)).state).toBe("waiting");
  });

  test("whose records were put there from another one is refused, and delivers nothing", async () => {
    const [id, other] = [await start(), await start()];
    const chunks = await orm().select().from(importChunks).where(eq(importChunks.importId, other));
    await orm()
      .update(importChunks)
      .set({ sealed: only(chunks).sealed })
      .where(eq(importChunks.importId, id));
    await carryOutImport(world.context, id);
    expect(await readImport(id)).toMatchObject({ state: "refused", deliveryId: null });
  });

  test("whose job was lost is asked for again", async () => {
    const id = await start();
    const sweepAfter = async (minutes: number) => {
      await orm().delete(outboxEvents);
      await asSystem(world.context, "test", (tx) =>
        sweepImports(tx, new Date(Date.now() + minutes * 60_000)),
      );
      const events = await orm()
        .select()
        .from(outboxEvents)
        .where(eq(outboxEvents.name, "delivery/import.wanted"));
      return events.map(({ data }) => data.importId);
    };
    expect(await sweepAfter(4)).not.toContain(id);
    expect(await sweepAfter(6)).toContain(id);
  });

  test("into another account's connection is not found", async () => {
    const stranger = await createViewer(world.database);
    const attempt = asCustomer(world.database, stranger, (tx) =>
      startImport(tx, stranger, {
        connectionId: own.connectionId,
        entity: entity.id,
        fileName: "a.csv",
        records,
      }),
    );
    await expect(attempt).rejects.toMatchObject({ code: "not_found" });
  });

  test("is offered where the accepted version has the rights for it", async () => {
    const connection = await asCustomer(world.database, own.viewer, (tx) =>
      getConnectionDetails(tx, own.connectionId, "en"),
    );
    const asked = entity.rights.map(({ path, level }) => ({
      ...{ path, asked: level, held: level, reason: null, finding: "held" as const },
    }));
    expect(listEntities({ ...connection, rights: asked }).map(({ id }) => id)).toContain("sales-invoices");
    expect(listEntities({ ...connection, rights: asked.slice(1) }).map(({ id }) => id)).not.toContain(
      "sales-invoices",
    );
  });
});
