import { Eye, Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { langOf } from "@/components/ui/lang-of";
import { StatusPill } from "@/components/ui/status-pill";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";
import { groupByArea } from "./group-by-area";
import { useRightWords } from "./use-right-words";

/** `isWrite` is left out where only the level is known. */
type ListedRight = { path: string; level: string; reason: string; isWrite?: boolean };

type RowProps = { right: ListedRight; connectorId: string; language: TextLanguage };

function RightRow({ right, connectorId, language }: RowProps) {
  const t = useTranslations("ui.rights");
  const words = useRightWords(connectorId);
  return (
    <li className="grid gap-0.5 py-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="text-sm font-medium">{words.right(right.path)}</span>
        <span className="flex items-center gap-2 text-sm text-ink-soft">
          {words.level(right.level)}
          {right.isWrite !== undefined && (
            <StatusPill tone={right.isWrite ? "warning" : "neutral"} icon={right.isWrite ? Pencil : Eye}>
              {t(right.isWrite ? "write" : "read")}
            </StatusPill>
          )}
        </span>
      </div>
      <p className="max-w-prose text-sm text-ink-soft" lang={langOf(language)}>
        {right.reason}
      </p>
    </li>
  );
}

type Props = {
  rights: readonly ListedRight[];
  connectorId: string;
  /** The language of the reasons. */
  language: TextLanguage;
};

/** Rights by area, each with its level and the partner's reason. */
export function RightsList({ rights, connectorId, language }: Props) {
  const words = useRightWords(connectorId);
  return (
    <div className="grid gap-4">
      {groupByArea(rights).map(({ area, rights: listed }) => (
        <section key={area}>
          {area !== "" && (
            <h3 className="border-b border-line pb-1.5 text-sm font-semibold">{words.area(area)}</h3>
          )}
          <ul className="divide-y divide-line">
            {listed.map((right) => (
              <RightRow key={right.path} right={right} connectorId={connectorId} language={language} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
