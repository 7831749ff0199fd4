import type { HeldKey } from "@/lib/connectors/context";
import { oncePerContext } from "@/lib/connectors/once-per-context";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { toCaller } from "../token";
import { readResource } from "../vendor-client";
import { vatAnswer } from "./invoice-answers";

/** Percentages that the company may sell by. */
export const readRates = oncePerContext(async (context, key: HeldKey): Promise<number[]> => {
  const operation = "GET /vats/default";
  const { vatInformation } = parseAnswer(
    context,
    operation,
    vatAnswer,
    await readResource(context, toCaller(key), operation, "/vats/default"),
  );
  return vatInformation.flatMap(({ percentages }) =>
    (percentages ?? []).filter(({ sales }) => sales !== false).map(({ vatPercent }) => vatPercent),
  );
});
