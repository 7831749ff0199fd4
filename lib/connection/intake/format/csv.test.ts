import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvOptions, openCsv } from "./csv";
import type { CsvRow } from "./schema";
import { OWN_ID, UGLY_FILES } from "./ugly-files";

const OPTIONS: CsvOptions = { envelope: "required", integrationId: OWN_ID };

/** The bytes in pieces of one size, as a network or the rows of a database give them. */
function* inPieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readAll(bytes: Uint8Array, options = OPTIONS, size = 65_536) {
  const opened = await openCsv(inPieces(bytes, size), options);
  if ("problem" in opened) return { problem: opened.problem, rows: [] as CsvRow[], opened: null };
  const rows: CsvRow[] = [];
  for await (const batch of opened.rows()) rows.push(...batch);
  return { problem: null, rows, opened };
}

/** Key and name of a row by the columns of its header. */
const outcomeOf = (row: CsvRow, names: readonly string[]): string =>
  row.problem?.code ?? ["CompUserKey01", "Name"].map((name) => row.cells[names.indexOf(name)]).join("|");

describe.each([65_536, 7, 1])("ugly files in pieces of %i bytes", (size) => {
  const files = UGLY_FILES.filter((file) => size > 1 || file.bytes.length < 3_000);
  it.each(files)("$name", async ({ bytes, options, expected, encoding, emptyLines }) => {
    const { problem, rows, opened } = await readAll(Buffer.from(bytes), { ...OPTIONS, ...options }, size);
    if (typeof expected === "string") return expect(problem?.code).toBe(expected);
    expect(problem).toBeNull();
    const names = opened?.header.names ?? [];
    expect(rows.map((row) => [row.line, outcomeOf(row, names)])).toEqual(expected);
    expect(rows.map((row) => row.position)).toEqual(rows.map((_, index) => index + 1));
    if (encoding) expect(opened?.encoding()).toBe(encoding);
    if (emptyLines !== undefined) expect(opened?.emptyLines()).toBe(emptyLines);
  });
});

describe("any file", () => {
  const piece = fc.constantFrom(
    OWN_ID,
    ";",
    '"',
    '""',
    "\n",
    "\r\n",
    "\r",
    "x",
    "ä",
    " ",
    "\t",
    "=",
    "\0",
    "",
  );
  const line = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(""));
  const soup = fc.array(line, { maxLength: 12 }).map((parts) => parts.join("\n"));
  const header = fc.constantFrom(
    "IntegrationID;Name;IntegrationIDCheck\n",
    "IntegrationID;Name;IntegrationIDCheck\r",
    "",
  );

  it("gives the same rows however its bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(header, soup, fc.integer({ min: 1, max: 9 }), async (head, text, size) => {
        const bytes = Buffer.from(head + text);
        const whole = await readAll(bytes);
        const cut = await readAll(bytes, OPTIONS, size);
        expect(cut.problem).toEqual(whole.problem);
        expect(cut.rows).toEqual(whole.rows);
      }),
      { numRuns: 600 },
    );
  });

  it("is read without a fault when it is nothing but bytes", async () => {
    const anyBytes = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(header, anyBytes, fc.boolean(), async (head, bytes, isOptional) => {
        const options: CsvOptions = isOptional ? { envelope: "optional", integrationId: null } : OPTIONS;
        const { rows } = await readAll(Buffer.concat([Buffer.from(head), bytes]), options);
        expect(rows.every((row, index) => row.position === index + 1)).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it("loses no character: its rows hold all of its text but line breaks and empty lines", async () => {
    const plain = (text: string) => text.replace(/[\s;"]/g, "");
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        const head = "IntegrationID;Name;IntegrationIDCheck\n";
        const { rows } = await readAll(Buffer.from(head + text));
        expect(plain(rows.map((row) => row.text).join("\n"))).toBe(plain(text));
      }),
      { numRuns: 600 },
    );
  });

  const value = fc.stringMatching(/^[a-zA-ZäöåÄÖÅ0-9 ;,"'\n\r\t=+@-]{0,20}$/);
  const cellOf = (text: string) =>
    /[;"\n\r\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

  it("gives back every value that was written by the rules", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, value), { maxLength: 8 }), async (pairs) => {
        const rows = pairs.map(([key, name]) => [OWN_ID, key, name, OWN_ID].map(cellOf).join(";"));
        const text = ["IntegrationID;Key;Name;IntegrationIDCheck", ...rows].join("\r\n");
        const read = await readAll(Buffer.from(text));
        expect(read.rows.map((row) => row.problem)).toEqual(pairs.map(() => null));
        expect(read.rows.map((row) => row.cells.slice(1, 3))).toEqual(pairs);
      }),
      { numRuns: 300 },
    );
  });

  it("rejects alone the row that was damaged: all others arrive", async () => {
    const damage = fc.constantFrom('"', ";", "\n", '"x"y', "\ufffd", "\0");
    const at = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 12 }));
    await fc.assert(
      fc.asyncProperty(damage, at, async (text, [index, offset]) => {
        const good = Array.from({ length: 10 }, (_, key) => `${OWN_ID};${key};Name ${key};${OWN_ID}`);
        const damaged = good.map((line, key) => {
          if (key !== index) return line;
          const place = OWN_ID.length + 1 + Math.min(offset, line.length - 2 * OWN_ID.length - 2);
          return line.slice(0, place) + text + line.slice(place);
        });
        const file = ["IntegrationID;Key;Name;IntegrationIDCheck", ...damaged, ""].join("\n");
        const read = await readAll(Buffer.from(file));
        const arrived = read.rows.filter((row) => !row.problem).map((row) => row.text);
        for (const [key, line] of good.entries()) if (key !== index) expect(arrived).toContain(line);
      }),
      { numRuns: 300 },
    );
  });
});

it("does not read a file of open quotes again and again", async () => {
  const text = `Key;Name\n${'x";"\n'.repeat(200_000)}`;
  const started = performance.now();
  const read = await readAll(Buffer.from(text), { envelope: "optional", integrationId: null });
  expect(read.rows.length).toBeGreaterThan(100);
  expect(performance.now() - started).toBeLessThan(5_000);
});

it("holds a bounded part of a file without line breaks", async () => {
  function* endless(): Generator<Uint8Array> {
    yield Buffer.from("IntegrationID;Name;IntegrationIDCheck\n");
    const part = Buffer.alloc(1_048_576, "x");
    for (let megabyte = 0; megabyte < 200; megabyte += 1) yield part;
  }
  const before = process.memoryUsage().heapUsed;
  const opened = await openCsv(endless(), OPTIONS);
  if ("problem" in opened) throw new Error(opened.problem.code);
  const rows: CsvRow[] = [];
  for await (const batch of opened.rows()) {
    rows.push(...batch);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
  }
  expect(rows.map((row) => [row.problem?.code, row.text.length])).toEqual([["row_too_long", 10_000]]);
});
