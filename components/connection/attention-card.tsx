import { useTranslations } from "next-intl";
import { useRightWords } from "@/components/flow/rights/use-right-words";
import { useVendorWords } from "@/components/flow/use-vendor-words";
import { Alert } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/link-button";
import { TextLink } from "@/components/ui/text-link";
import type { AttentionCause, ConnectionDetails } from "@/lib/connection/lifecycle/schema";

type Props = {
  connection: ConnectionDetails;
  cause: AttentionCause;
  /** `pasteKey`: null where a key cures nothing. */
  hrefs: { link: string; pasteKey: string | null };
};

const FINDING_OF: Partial<Record<AttentionCause, string>> = {
  rights_missing: "missing",
  rights_surplus: "surplus",
};

/** What is wrong with a live connection and how to put it right. */
export function AttentionCard({ connection, cause, hrefs }: Props) {
  const t = useTranslations();
  const words = useRightWords(connection.connectorId);
  const attention = useVendorWords(connection.connectorId, "attention");
  const values = { connector: connection.connectorName, partner: connection.partnerName };
  const inQuestion = connection.rights.filter(({ finding }) => finding === FINDING_OF[cause]);
  return (
    <Alert
      tone="warning"
      role="note"
      title={attention(`${cause}.title`, values)}
      action={
        cause === "disconnected" && (
          <LinkButton href={hrefs.link} size="small">
            {t("connectionPage.activateAgain")}
          </LinkButton>
        )
      }
    >
      <p>{attention(`${cause}.whatToDo`, values)}</p>
      {inQuestion.length > 0 && (
        <ul className="list-disc pt-1 pl-5">
          {inQuestion.map(({ path, asked, held }) => (
            <li key={path}>
              {words.right(path)}: {words.level((cause === "rights_missing" ? asked : held) ?? "")}
            </li>
          ))}
        </ul>
      )}
      {hrefs.pasteKey && (
        <p className="pt-1">
          <TextLink href={hrefs.pasteKey}>{t("pastedKey.recover.link")}</TextLink>
        </p>
      )}
      {cause !== "verification_pending" && <p className="pt-1">{t("connectionPage.thenCheck")}</p>}
    </Alert>
  );
}
