import { CircleCheck, CircleHelp, CircleMinus, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { groupByArea } from "@/components/flow/rights/group-by-area";
import { useRightWords } from "@/components/flow/rights/use-right-words";
import { LanguageNote } from "@/components/flow/specification/language-note";
import { CardSection } from "@/components/ui/card";
import { langOf } from "@/components/ui/lang-of";
import { StatusPill } from "@/components/ui/status-pill";
import type { CheckedRight, ConnectionDetails } from "@/lib/connection/lifecycle/schema";

const LOOKS = {
  held: { tone: "success", icon: CircleCheck },
  missing: { tone: "warning", icon: CircleMinus },
  surplus: { tone: "warning", icon: TriangleAlert },
  unknown: { tone: "neutral", icon: CircleHelp },
} as const;

type RowProps = { right: CheckedRight; connection: ConnectionDetails };

function RightRow({ right, connection }: RowProps) {
  const t = useTranslations("connectionPage.rights");
  const words = useRightWords(connection.connectorId);
  const { asked, held, finding } = right;
  return (
    <li className="grid gap-1 py-2.5 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="font-medium">{words.right(right.path)}</span>
        <StatusPill {...LOOKS[finding]}>{t(`finding.${finding}`)}</StatusPill>
      </div>
      <p className="text-ink-soft">
        {asked === null ? t("notAsked") : t("asked", { level: words.level(asked) })}
        {finding !== "held" && finding !== "unknown" && (
          <> · {held === null ? t("holdsNothing") : t("holds", { level: words.level(held) })}</>
        )}
      </p>
      {right.reason && (
        <p className="max-w-prose text-ink-soft" lang={langOf(connection.language)}>
          {right.reason}
        </p>
      )}
    </li>
  );
}

/** Each right beside what the last check found. */
export function CheckedRights({ connection }: { connection: ConnectionDetails }) {
  const t = useTranslations("connectionPage.rights");
  const words = useRightWords(connection.connectorId);
  return (
    <CardSection
      id="rights"
      title={t("title")}
      intro={t("intro", { integration: connection.integrationName, connector: connection.connectorName })}
    >
      <div className="grid gap-4">
        {groupByArea(connection.rights).map(({ area, rights }) => (
          <section key={area}>
            {area !== "" && (
              <h3 className="border-b border-line pb-1.5 text-sm font-semibold">{words.area(area)}</h3>
            )}
            <ul className="divide-y divide-line">
              {rights.map((right) => (
                <RightRow key={right.path} right={right} connection={connection} />
              ))}
            </ul>
          </section>
        ))}
        <LanguageNote language={connection.language} />
      </div>
    </CardSection>
  );
}
