import { crc32, deflateSync } from "node:zlib";
import { encode } from "uqr";

/** Modules of white around the code: scanners need four. */
const QUIET_ZONE = 4;
const PIXELS_A_MODULE = 8;

const matrixOf = (url: string): boolean[][] => encode(url, { ecc: "M", border: QUIET_ZONE }).data;

/** Black on white with its quiet zone, whatever is behind it. */
export function qrSvg(url: string): string {
  const matrix = matrixOf(url);
  const size = matrix.length;
  const path = matrix
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size * PIXELS_A_MODULE}" height="${size * PIXELS_A_MODULE}" shape-rendering="crispEdges">` +
    `<rect width="${size}" height="${size}" fill="#fff"/><path fill="#000" d="${path}"/></svg>`
  );
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** The same as a PNG of one grey channel (PNG specification, clauses 5 and 11). */
export function qrPng(url: string): Buffer {
  const matrix = matrixOf(url);
  const side = matrix.length * PIXELS_A_MODULE;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const lines = matrix.flatMap((row) => {
    // Each line begins with its filter: none.
    const line = Buffer.alloc(side + 1, 0xff);
    line[0] = 0;
    row.forEach((isDark, x) => {
      if (isDark) line.fill(0, 1 + x * PIXELS_A_MODULE, 1 + (x + 1) * PIXELS_A_MODULE);
    });
    return Array.from({ length: PIXELS_A_MODULE }, () => line);
  });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(Buffer.concat(lines))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** A button for the partner's own page, which needs no script and no style sheet of ours. */
export function connectButton(url: string, label: string): string {
  const style =
    "display:inline-block;padding:12px 20px;border-radius:8px;background:#12313b;color:#fff;font:600 16px/1.25 system-ui,sans-serif;text-decoration:none";
  return `<a href="${escapeHtml(url)}" style="${style}" rel="noopener">${escapeHtml(label)}</a>`;
}
