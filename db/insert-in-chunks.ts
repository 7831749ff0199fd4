/** A statement takes 65,535 parameters; this leaves room for 65 columns in a row. */
const ROWS_AT_ONCE = 1000;

/** Inserts any number of rows in statements of a size that the driver takes. */
export async function insertInChunks<Row>(
  rows: readonly Row[],
  insert: (chunk: Row[]) => PromiseLike<unknown>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    await insert(rows.slice(start, start + ROWS_AT_ONCE));
}
