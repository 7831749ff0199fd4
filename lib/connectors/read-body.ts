/** Ten times the largest documented list, of 20,000 rows; a body beyond it is not read to its end. */
const LARGEST_BODY_BYTES = 32 * 1024 * 1024;

/** A response's text, read as a stream; null when it is larger than anything that a vendor has to say. */
export async function readBody(response: Response, limit = LARGEST_BODY_BYTES): Promise<string | null> {
  if (response.body === null) return "";
  const announced = Number(response.headers.get("content-length"));
  if (announced > limit) {
    await response.body.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > limit) {
      // Ends the download, too.
      await reader.cancel();
      return null;
    }
    chunks.push(part.value);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
