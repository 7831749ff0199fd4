import { readBounded } from "@/lib/core/read-bounded";
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
    const text = await readBounded(request, MAX_BYTES);
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
