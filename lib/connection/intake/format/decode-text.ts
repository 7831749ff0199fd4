import { isAscii } from "node:buffer";
import type { Encoding, FileProblem } from "./schema";

/** Signatures of what is sent under a wrong name. */
const SIGNATURES: readonly { bytes: readonly number[]; kind: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: "XLSX/ZIP" },
  { bytes: [0x50, 0x4b, 0x05, 0x06], kind: "ZIP" },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], kind: "XLS" },
  { bytes: [0x25, 0x50, 0x44, 0x46], kind: "PDF" },
  { bytes: [0x1f, 0x8b], kind: "GZIP" },
  { bytes: [0x89, 0x50, 0x4e, 0x47], kind: "PNG" },
];
const UTF_32: readonly (readonly number[])[] = [
  [0xff, 0xfe, 0x00, 0x00],
  [0x00, 0x00, 0xfe, 0xff],
];
/** Enough for a byte order mark, a signature and the two letters that show UTF-16 without a mark. */
export const BYTES_TO_RECOGNIZE = 4;

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  bytes.length >= start.length && start.every((byte, index) => bytes[index] === byte);

/** What the first bytes of a file show: why it cannot be text, or how it is encoded (null: UTF-8 or Windows-1252). */
export function recognize(
  first: Uint8Array,
): { problem: FileProblem } | { encoding: Encoding | null; bomBytes: number } {
  if (UTF_32.some((mark) => startsWith(first, mark)))
    return { problem: { code: "encoding_unsupported", detail: { encoding: "UTF-32" } } };
  const signature = SIGNATURES.find(({ bytes }) => startsWith(first, bytes));
  if (signature) return { problem: { code: "not_csv", detail: { kind: signature.kind } } };
  if (startsWith(first, [0xef, 0xbb, 0xbf])) return { encoding: "utf-8", bomBytes: 3 };
  if (startsWith(first, [0xff, 0xfe])) return { encoding: "utf-16le", bomBytes: 2 };
  if (startsWith(first, [0xfe, 0xff])) return { encoding: "utf-16be", bomBytes: 2 };
  const [a, b, c, d] = first;
  if (a && b === 0 && c && d === 0) return { encoding: "utf-16le", bomBytes: 0 };
  if (a === 0 && b && c === 0 && d) return { encoding: "utf-16be", bomBytes: 0 };
  return { encoding: null, bomBytes: 0 };
}

/**
 * Bytes to text without a guess: a mark or UTF-16's zero bytes decide, else the first byte that is not ASCII. Valid UTF-8
 * there settles UTF-8 for the file, whose later invalid bytes become U+FFFD and cost their own row; anything else there
 * settles Windows-1252 from that byte on.
 */
export class FileTextDecoder {
  #decoder: TextDecoder | null = null;
  #encoding: Encoding | null = null;
  #held: Uint8Array = new Uint8Array(0);

  constructor(encoding: Encoding | null) {
    if (encoding) this.#settle(encoding);
  }

  /** UTF-8 as long as nothing but ASCII was read. */
  get encoding(): Encoding {
    return this.#encoding ?? "utf-8";
  }

  decode(chunk: Uint8Array): string {
    if (this.#decoder) return this.#decoder.decode(chunk, { stream: true });
    const bytes = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    this.#held = new Uint8Array(0);
    if (isAscii(bytes)) return asciiOf(bytes);
    const special = bytes.findIndex((byte) => byte >= 0x80);
    const verdict = judgeUtf8(bytes.subarray(special, special + 4));
    if (verdict === "incomplete") {
      this.#held = bytes.slice(special);
      return asciiOf(bytes.subarray(0, special));
    }
    return this.#settle(verdict === "valid" ? "utf-8" : "windows-1252").decode(bytes, { stream: true });
  }

  end(): string {
    // A sequence that the end of the file cuts is no UTF-8.
    const rest =
      this.#held.length > 0 ? this.#settle("windows-1252").decode(this.#held, { stream: true }) : "";
    this.#held = new Uint8Array(0);
    return rest + (this.#decoder?.decode() ?? "");
  }

  #settle(encoding: Encoding): TextDecoder {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
    return this.#decoder;
  }
}

const asciiOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");

/** Whether up to four bytes begin with a well-formed sequence of UTF-8. */
function judgeUtf8(bytes: Uint8Array): "valid" | "invalid" | "incomplete" {
  const [lead = 0] = bytes;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  const sequence = bytes.subarray(0, length);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(sequence, {
      stream: true,
    });
    return text.length > 0 ? "valid" : "incomplete";
  } catch {
    return "invalid";
  }
}
