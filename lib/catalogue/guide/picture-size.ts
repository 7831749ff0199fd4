import type { PictureSize } from "./schema";

/** The size of a WebP picture in the extended format, which browsers write (RFC 9649, 2.7); null for anything else. */
export function readPictureSize(picture: Buffer): PictureSize | null {
  const isExtendedWebp =
    picture.length >= 30 &&
    picture.toString("latin1", 0, 4) === "RIFF" &&
    picture.toString("latin1", 8, 16) === "WEBPVP8X";
  if (!isExtendedWebp) return null;
  return { width: picture.readUIntLE(24, 3) + 1, height: picture.readUIntLE(27, 3) + 1 };
}
