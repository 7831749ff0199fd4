import { expect, test } from "vitest";
import { disarmSplits, streamCsv } from "./csv-stream";

const read = async (...lines: (string | number)[][]): Promise<string> =>
  new Response(
    streamCsv(async (write) => {
      for (const line of lines) await write(line);
    }),
  ).text();

test("no cell begins a formula, whichever sign a spreadsheet splits lines at", async () => {
  expect(await read(["=1+1", "a;=1+1", "b;\t@SUM(A1)", "c\t-2+3", "d; e", -5, "f;+358 40"])).toBe(
    "'=1+1,a;'=1+1,b;\t'@SUM(A1),c\t'-2+3,d; e,-5,f;'+358 40\r\n",
  );
});

test("a quote, a line break or a wide sign does not hide where a spreadsheet splits", async () => {
  expect(await read(['a;"=1+1;b', "c\r\n=1+1\r\nd", "e\n@SUM(A1)", "f;\uFF1D1+1"])).toBe(
    `"a;""'=1+1;b","c\r\n'=1+1\r\nd","e\n'@SUM(A1)",f;'\uFF1D1+1\r\n`,
  );
});

test("a long cell of separators is read once", () => {
  const cell = "\t".repeat(200_000);
  expect(disarmSplits(cell)).toBe(cell);
});

test("a stream that fails breaks off", async () => {
  const stream = streamCsv(async (write) => {
    await write(["one"]);
    throw new Error("the rows could not be read");
  });
  await expect(new Response(stream).text()).rejects.toThrow();
});
