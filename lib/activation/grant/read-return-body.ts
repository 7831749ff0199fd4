import { log } from "@/lib/platform/log";

/** A form of a few parameters. */
const MAX_BYTES = 64 * 1024;

/**
 * The body of a return that came by POST, as the text of a query: a form (OAuth 2.0 Form Post Response Mode), a form with
 * parts, or JSON. Empty for one that is too large or cannot be read: the query may say enough.
 */
export async function readReturnBody(request: Request): Promise<string> {
  try {
    const contentType = request.headers.get("content-type") ?? "";
    const text = request.body && (await readText(request.body.getReader()));
    if (!text) return "";
    if (/^multipart\/form-data/i.test(contentType)) return await toQuery(text, contentType);
    if (/^application\/(?:[\w.-]+\+)?json/i.test(contentType)) return fromJson(JSON.parse(text));
    // A form that is sent as plain text has a line for each parameter.
    return text.replace(/\r?\n/g, "&");
  } catch (error) {
    log.info({ err: error }, "the body of a vendor's return cannot be read");
    return "";
  }
}

/** null for more than a form of a few parameters has; the rest is not received. */
async function readText(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > MAX_BYTES) {
      await reader.cancel();
      return null;
    }
    chunks.push(part.value);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function toQuery(text: string, contentType: string): Promise<string> {
  const form = await new Response(text, { headers: { "content-type": contentType } }).formData();
  const fields = [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  return new URLSearchParams(fields).toString();
}

function fromJson(body: unknown): string {
  if (typeof body !== "object" || body === null) return "";
  const fields = Object.entries(body).flatMap(([name, value]) =>
    typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : [],
  );
  return new URLSearchParams(fields).toString();
}
