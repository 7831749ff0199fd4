import { getTranslations } from "next-intl/server";
import type { ComparisonView, Finding } from "@/lib/connection/comparison/schema";
import { streamCsv } from "@/lib/platform/csv-stream";

/** A report as a file, in the language of its reader: a line for each record that is not as it was written, 1,000 at most. */
export async function answerComparison(
  report: ComparisonView & { findings: readonly Finding[] },
  deliveryUrl: (deliveryId: string) => string,
): Promise<Response> {
  const t = await getTranslations("deliveries.comparison");
  const body = streamCsv(async (line) => {
    const columns = ["finding", "writtenAt", "row", "delivery", "position", "address"] as const;
    await line(columns.map((column) => t(`columns.${column}`)));
    for (const { kind, writtenAt, rowId, deliveryId, position } of report.findings)
      await line([
        t(`findings.${kind}`),
        writtenAt,
        rowId,
        deliveryId ?? "",
        position ?? "",
        deliveryId === null ? "" : deliveryUrl(deliveryId),
      ]);
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${report.entity}-${report.comparedAt.slice(0, 10)}.csv"`,
      "cache-control": "private, no-store",
    },
  });
}
