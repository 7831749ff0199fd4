import { useTranslations } from "next-intl";
import { useRightWords } from "@/components/flow/rights/use-right-words";
import { Alert } from "@/components/ui/alert";
import type { ChangeVerdict, Finding } from "@/lib/catalogue/integration/schema";

const TONES = { silent: "success", announced: "info", needs_consent: "warning" } as const;

type Props = { change: ChangeVerdict; connectorId: string };

/** What a version means for those who accepted the published one, field by field with the reason. */
export function ChangeVerdictNote({ change, connectorId }: Props) {
  const t = useTranslations("verdict");
  const fields = useTranslations("specification.fields");
  const rights = useRightWords(connectorId);
  const detailOf = ({ why, detail }: Finding): string => {
    if (detail === undefined) return "";
    if (why === "wider_right") return rights.right(detail);
    return why === "new_access" && t.has(`access.${detail}`) ? t(`access.${detail}`) : detail;
  };
  const { verdict, findings } = change;
  return (
    <Alert tone={TONES[verdict]} role="note" title={t(`title.${verdict}`)}>
      <p>{t(`body.${verdict}`)}</p>
      <ul className="grid list-disc gap-0.5 ps-5 pt-1.5">
        {findings.map((finding) => (
          <li key={`${finding.field} ${finding.why} ${finding.detail ?? ""}`} className="wrap-anywhere">
            {fields(finding.field)}: {t(`why.${finding.why}`, { detail: detailOf(finding) })}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
