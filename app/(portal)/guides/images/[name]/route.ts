import { findGuideImage } from "@/lib/guide/read-guide";

type Context = { params: Promise<{ name: string }> };

/** The pictures of the guides, from the repository's documents. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const image = await findGuideImage((await params).name);
  if (!image) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(image), {
    headers: { "content-type": "image/png", "cache-control": "public, max-age=3600" },
  });
}
