import { findGuideImage } from "@/lib/catalogue/guide/read-guide";

type Context = { params: Promise<{ connector: string; name: string }> };

/** The pictures of a guide, from the repository's documents. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { connector, name } = await params;
  const image = await findGuideImage(connector, name);
  if (!image) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(image), {
    headers: { "content-type": "image/webp", "cache-control": "public, max-age=3600" },
  });
}
