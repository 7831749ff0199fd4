import fc from "fast-check";
import { expect, test } from "vitest";
import { readReturnBody } from "./read-return-body";

const read = (body: BodyInit | null, contentType?: string) =>
  readReturnBody(
    new Request("https://portal.example/", {
      method: "POST",
      body,
      headers: contentType === undefined ? {} : { "content-type": contentType },
    }),
  );

const FORM = "application/x-www-form-urlencoded";

test("a form is the text of a query, however it was sent", async () => {
  const parts = new FormData();
  parts.append("state", "a b");
  expect(await read("state=a+b", FORM)).toBe("state=a+b");
  expect(await read(parts)).toBe("state=a+b");
  expect(await read('{"state":"a b","n":1,"other":[]}', "application/json; charset=utf-8")).toBe(
    "state=a+b&n=1",
  );
  expect(await read("state=ab\r\ncode=c\r\n", "text/plain")).toBe("state=ab&code=c&");
});

test("one without a body, too large or broken is empty", async () => {
  expect(await read(null)).toBe("");
  expect(await read(`x=${"y".repeat(70_000)}`, FORM)).toBe("");
  expect(await read("{", "application/json")).toBe("");
  expect(await read("null", "application/json")).toBe("");
  expect(await read("nothing", "multipart/form-data; boundary=none")).toBe("");
});

test("whatever is posted gives a text and never throws", async () => {
  const contentType = fc.constantFrom(
    FORM,
    "application/json",
    "multipart/form-data; boundary=b",
    "text/plain",
    "x",
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), contentType, async (body, type) => {
      expect(typeof (await read(body, type))).toBe("string");
    }),
  );
});
