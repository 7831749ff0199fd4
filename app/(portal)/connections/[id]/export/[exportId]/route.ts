import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { askForDownload, fetchExport } from "@/lib/connection/export/ask-for-export";
import { isAppError } from "@/lib/core/app-error";
import { getViewer } from "@/lib/people/auth/viewer";
import { getWebEnv } from "@/lib/platform/env";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { asCustomer } from "../../../../as-customer";

type Context = { params: Promise<{ id: string; exportId: string }> };

/** Each one is opened anew. */
const LIMIT = { name: "connection.download_export", max: 20, windowSeconds: 3600 };

const inWords = (text: string, status: number): Response =>
  new Response(`${text}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });

/** The ZIP of an export, to a member of the account. Its bytes come from the gateway, which alone of the two opens them. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { id: connectionId, exportId } = await params;
  if (!z.uuid().safeParse(connectionId).success || !z.uuid().safeParse(exportId).success) notFound();
  const viewer = await getViewer(`/connections/${connectionId}`);
  const t = await getTranslations("connectionExport");
  const gatewayUrl = getWebEnv().KYTKIN_GATEWAY_INTERNAL_URL;
  if (!gatewayUrl) return inWords(t("unreachable"), 503);
  try {
    const ticket = await asCustomer(viewer, async (tx) => {
      await takeRateLimit(tx, { ...LIMIT, subject: viewer.accountId });
      return askForDownload(tx, viewer, { connectionId, exportId });
    });
    const file = await fetchExport(gatewayUrl, ticket);
    if (!file) return inWords(t("unreachable"), 503);
    const length = file.headers.get("content-length");
    return new Response(file.body, {
      headers: {
        "Content-Type": "application/zip",
        "Content-Disposition": `attachment; filename="export-${connectionId}.zip"`,
        ...(length && { "Content-Length": length }),
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    if (isAppError(error, "gone")) return inWords(t("gone"), 410);
    if (isAppError(error, "too_many_requests")) return inWords(t("tooOften"), 429);
    throw error;
  }
}
