import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readPictureSize } from "./picture-size";

const PICTURE = "docs/guides/poweroffice-go/images/pick.en.webp";

test("a picture's size is read from its first bytes", async () => {
  const size = readPictureSize((await readFile(PICTURE)).subarray(0, 30));
  expect(size?.width).toBeGreaterThan(700);
  expect(size?.height).toBeGreaterThan(300);
});

test.each(["", "RIFF", "%PDF-1.7 and thirty bytes more of it", "RIFF....WEBPVP8 ..............."])(
  "%j has none",
  (text) => {
    expect(readPictureSize(Buffer.from(text, "latin1"))).toBeNull();
  },
);
