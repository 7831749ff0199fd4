/** A signed document as the file to keep. */
export function evidenceFileResponse(file: string, name: string): Response {
  return new Response(file, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.json"`,
      "Cache-Control": "no-store",
    },
  });
}
