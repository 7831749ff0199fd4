import { ArrowLeft, ArrowLeftRight, ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { langOf } from "@/components/ui/lang-of";
import { frequencyWords } from "@/lib/catalogue/integration/fields";
import type { DataFlow } from "@/lib/catalogue/integration/schema";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";
import { LanguageNote } from "../specification/language-note";

const ICONS = { to_vendor: ArrowRight, from_vendor: ArrowLeft, both: ArrowLeftRight };

type Names = { partner: string; connector: string };

/** On a phone each row is a small block with its column names; from 640 px a table. One markup for both. */
const CELL = "block sm:table-cell sm:py-3 sm:pr-4 sm:align-top";

function Cell({ column, children }: { column: string; children: ReactNode }) {
  return (
    <td className={CELL}>
      <span aria-hidden className="mr-1.5 text-ink-soft sm:hidden">
        {column}:
      </span>
      {children}
    </td>
  );
}

function FlowRow({ flow, language, partner, connector }: Names & { flow: DataFlow; language: TextLanguage }) {
  const t = useTranslations("review.dataFlows");
  const specification = useTranslations("specification");
  const frequency = frequencyWords(flow.frequency, { t: (key, values) => specification(key, values) });
  const Icon = ICONS[flow.direction];
  return (
    <tr className="block py-3 sm:table-row sm:py-0">
      <th scope="row" className="block pb-1 text-left font-medium sm:table-cell sm:py-3 sm:pr-4 sm:align-top">
        <span lang={langOf(language)}>{flow.what}</span>
      </th>
      <Cell column={t("columns.direction")}>
        <Icon aria-hidden className="mr-1.5 hidden size-3.5 text-ink-soft sm:inline" />
        {specification(`direction.${flow.direction}`, { partner, connector })}
      </Cell>
      <Cell column={t("columns.frequency")}>
        {typeof frequency === "string" ? (
          frequency
        ) : (
          <span lang={langOf(language)}>{frequency.partners}</span>
        )}
      </Cell>
      <Cell column={t("columns.master")}>{flow.master === "vendor" ? connector : partner}</Cell>
    </tr>
  );
}

type Props = Names & { flows: DataFlow[]; language: TextLanguage };

/** What moves, which way, how often, and which side wins when both differ. */
export function DataFlows({ flows, language, partner, connector }: Props) {
  const t = useTranslations("review.dataFlows");
  if (flows.length === 0) return <p className="text-sm text-ink-soft">{t("none", { partner })}</p>;
  return (
    <div className="grid gap-3">
      <table className="block w-full text-sm sm:table">
        <thead className="sr-only sm:not-sr-only sm:table-header-group">
          <tr className="border-b border-line text-left text-ink-soft">
            {(["what", "direction", "frequency", "master"] as const).map((column) => (
              <th key={column} scope="col" className="py-1.5 pr-4 font-medium">
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block divide-y divide-line sm:table-row-group">
          {flows.map((flow) => (
            <FlowRow
              key={`${flow.what} ${flow.direction} ${flow.master}`}
              flow={flow}
              language={language}
              partner={partner}
              connector={connector}
            />
          ))}
        </tbody>
      </table>
      <p className="text-sm text-ink-soft">{t("masterHelp")}</p>
      <LanguageNote language={language} />
    </div>
  );
}
