import { GatewayProblem } from "./problem";

const PREFIX = "/gateway/v1/connections/";
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const LONGEST_TARGET = 8192;
const MOST_SEGMENTS = 12;
/** What RFC 3986 allows in a segment, without `;`: some servers cut there, and see another path than we did. */
const RAW_SEGMENT = /^(?:[A-Za-z0-9\-._~!$&'()*+,=:@]|%[0-9A-Fa-f]{2})+$/;
const RAW_QUERY = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?[\]{}|"<>^`]|%[0-9A-Fa-f]{2})*$/;

export type GatewayTarget = {
  connectionId: string;
  /** Decoded once; each is one segment, whatever it holds. */
  segments: string[];
  /** As it came, without `?`; "" without one. */
  query: string;
};

function bad(detail: string): never {
  throw new GatewayProblem("bad_path", detail);
}

/** One segment, decoded once. What would be another path to a server that decodes again is refused. */
function readSegment(raw: string): string {
  if (raw === "") bad("The path has an empty segment, or a slash at its end.");
  if (!RAW_SEGMENT.test(raw))
    bad("A segment of the path holds a character that has to be encoded, or a semicolon.");
  if (/%(2e|2f|5c|25)/i.test(raw))
    bad("An encoded dot, slash, backslash or percent sign is not taken: encode a path once.");
  let decoded: string;
  try {
    decoded = decodeURIComponent(raw);
  } catch {
    return bad("A segment of the path is not UTF-8.");
  }
  if (/^\.+$/.test(decoded)) bad("A segment of dots is not taken.");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f/\\;?#%]/.test(decoded))
    bad("A segment of the path holds an encoded delimiter or control character.");
  return decoded;
}

/**
 * The target of a request as it stands in its first line: no URL parser has touched it. null when it is no path of the gateway's;
 * throws `bad_path` or `bad_query` for one that could mean several paths.
 */
export function readTarget(target: string): GatewayTarget | null {
  if (!target.startsWith(PREFIX)) return null;
  if (target.length > LONGEST_TARGET) bad(`The address is longer than ${LONGEST_TARGET} characters.`);
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  if (!RAW_QUERY.test(query))
    throw new GatewayProblem("bad_query", "The query holds a character that has to be encoded.");
  const [connectionId = "", ...raw] = path.slice(PREFIX.length).split("/");
  if (!UUID.test(connectionId)) return null;
  if (raw.length === 0) return null;
  if (raw.length > MOST_SEGMENTS) bad(`The path has more than ${MOST_SEGMENTS} segments.`);
  return { connectionId: connectionId.toLowerCase(), segments: raw.map(readSegment), query };
}

/** The address at the vendor, made anew from the segments; it cannot leave the base, and that is looked at once more. */
export function buildAddress(
  base: string,
  { segments, query }: Pick<GatewayTarget, "segments" | "query">,
): URL {
  const path = segments.map(encodeURIComponent).join("/");
  const address = new URL(`${base}/${path}${query === "" ? "" : `?${query}`}`);
  const root = new URL(base);
  const isBelow =
    address.origin === root.origin &&
    address.username === "" &&
    address.password === "" &&
    address.pathname === `${root.pathname.replace(/\/$/, "")}/${path}`;
  if (!isBelow) throw new GatewayProblem("bad_path", "The path leaves the vendor's base address.");
  return address;
}
