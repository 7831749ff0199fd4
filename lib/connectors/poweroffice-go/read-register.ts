import type { z } from "zod";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { readEach } from "@/lib/connectors/read-each";
import { callAsClient } from "./call-vendor";

/** A page of the vendor may have 20,000 rows; by default it has 5,000. */
const PAGE_SIZE = 1000;
/** 50,000 rows. A check beforehand names what it found so far and does not read a register for ever. */
const MOST_PAGES = 50;

type Register = { path: string; query: Record<string, string> };

/**
 * All rows of a register, page by page: the last page is the one that is not full (204 when it is empty). Rows that are none
 * are left out. A server that does not know pages answers with everything at once, or with the same page again.
 */
export async function readRegister<Row extends z.ZodType>(
  context: ConnectorContext,
  key: HeldKey,
  { path, query }: Register,
  row: Row,
): Promise<z.infer<Row>[]> {
  const operation = `GET ${path}`;
  const rows: z.infer<Row>[] = [];
  let before = "";
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const paging = { PageNumber: String(page), PageSize: String(PAGE_SIZE) };
    const search = new URLSearchParams({ ...query, ...paging });
    const answer = await callAsClient(context, key, { operation, method: "GET", path: `${path}?${search}` });
    const { read, leftOut } = readEach(row, answer);
    const first = JSON.stringify(Array.isArray(answer) ? answer[0] : answer);
    if (page > 1 && first === before) return rows;
    before = first;
    if (leftOut.length > 0)
      context.log.warn({ operation, count: leftOut.length }, "rows of a register could not be read");
    rows.push(...read);
    if (read.length + leftOut.length !== PAGE_SIZE) return rows;
  }
  context.log.warn({ operation, rows: rows.length }, "a register was not read to its end");
  return rows;
}
