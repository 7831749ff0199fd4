import { notFound } from "next/navigation";
import { findAccount } from "@/lib/connection/intake/queries";
import { makeSampleFile } from "@/lib/connection/intake/sample-file";
import { getViewer } from "@/lib/people/auth/viewer";
import { asCustomer } from "../../../../as-customer";
import { loadForFiles } from "../load-files";

type Context = { params: Promise<{ id: string }> };

/** A sample file of one entity, with the IntegrationID of the connection. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const { entities } = await loadForFiles(id);
  const wanted = new URL(request.url).searchParams.get("entity");
  const entity = entities.find((one) => one.id === wanted);
  const viewer = await getViewer(`/connections/${id}/files`);
  const account = entity && (await asCustomer(viewer, (tx) => findAccount(tx, id)));
  if (!entity || !account) notFound();
  const { name, content } = makeSampleFile(entity, account.integrationId);
  return new Response(content, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, no-store",
    },
  });
}
