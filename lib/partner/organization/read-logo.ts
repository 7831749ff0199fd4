import { AppError } from "@/lib/core/app-error";
import { LOGO_MAX_BYTES, LOGO_MAX_PIXELS } from "./schema";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Signature, length and name of the first chunk, width, height. */
const HEADER_BYTES = 24;

/**
 * The picture as a `data:` address. Only PNG is taken: a picture of another kind may hold scripts or addresses. Throws
 * `invalid_input` for another kind, more than 64 kB, or a side over 1,024 pixels.
 */
export function readLogo(bytes: Uint8Array): string {
  if (bytes.length > LOGO_MAX_BYTES) throw new AppError("invalid_input", "the logo is larger than 64 kB");
  const isPng =
    bytes.length > HEADER_BYTES &&
    SIGNATURE.every((byte, index) => bytes[index] === byte) &&
    String.fromCharCode(...bytes.subarray(12, 16)) === "IHDR";
  if (!isPng) throw new AppError("invalid_input", "the logo is not a PNG");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sides = [view.getUint32(16), view.getUint32(20)];
  if (sides.some((side) => side < 1 || side > LOGO_MAX_PIXELS))
    throw new AppError("invalid_input", "the logo has a side over 1,024 pixels");
  return `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;
}
