import { z } from "zod";
import { answerComparison } from "@/components/delivery/comparison-file";
import { getComparison } from "@/lib/connection/comparison/queries";
import { AppError } from "@/lib/core/app-error";
import { getWebEnv } from "@/lib/platform/env";
import { loadOfConnection } from "../../../load-connection";

type Context = { params: Promise<{ id: string; comparisonId: string }> };

/** The findings of a report, each with the page of its delivery. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { id, comparisonId } = await params;
  const { read } = await loadOfConnection(id, (tx) => {
    if (!z.uuid().safeParse(comparisonId).success) throw new AppError("not_found", "comparison");
    return getComparison(tx, id, comparisonId);
  });
  const base = `${getWebEnv().KYTKIN_PUBLIC_URL}/connections/${id}/deliveries`;
  return answerComparison(read, (deliveryId) => `${base}/${deliveryId}`);
}
