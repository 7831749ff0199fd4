import { expect, test } from "vitest";
import { toLine } from "./tell-row";

test("a cell with a line break goes back as one cell", () => {
  for (const text of ["one\ntwo", "one\rtwo", "one\r\ntwo"])
    expect(toLine([text, "c"], ";")).toBe(`"${text}";c\r\n`);
});
