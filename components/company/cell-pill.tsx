import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { StatusPill } from "@/components/ui/status-pill";
import type { CompanyCell } from "@/lib/operations/company/schema";
import { CELL_LOOKS } from "./cell-looks";

type Props = {
  cell: Pick<CompanyCell, "state" | "stepsLeft" | "connectionId" | "requestId">;
  hrefs: { connection: (connectionId: string) => string; request: (requestId: string) => string };
};

/** How an integration stands in a company; leads to the connection, or to the request that is about it. */
export function CellPill({ cell, hrefs }: Props) {
  const t = useTranslations("companies.cell");
  const { state, stepsLeft, connectionId, requestId } = cell;
  if (state === "not_connected") return <span className="text-sm text-ink-soft">{t("not_connected")}</span>;
  const pill = <StatusPill {...CELL_LOOKS[state]}>{t(state, { count: stepsLeft })}</StatusPill>;
  const href = connectionId ? hrefs.connection(connectionId) : requestId && hrefs.request(requestId);
  if (!href) return pill;
  return (
    <Link href={href} className="inline-flex rounded-full hover:brightness-95 pointer-coarse:py-2">
      {pill}
    </Link>
  );
}
