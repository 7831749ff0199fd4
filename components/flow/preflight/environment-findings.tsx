import { useFormatter, useTranslations } from "next-intl";
import { StatusPill } from "@/components/ui/status-pill";
import type { PreflightEnvironment } from "@/lib/activation/preflight/schema";
import type { Finding } from "@/lib/connectors/preflight";
import { useRightWords } from "../rights/use-right-words";
import { VendorAnswerDetails } from "../status/vendor-answer-details";
import { useVendorWords } from "../use-vendor-words";
import { ForeseenSteps } from "./foreseen-steps";
import { PREFLIGHT_LOOKS } from "./preflight-states";

type Common = { connector: { id: string; name: string }; partnerName: string };

/** Names beyond this many would hide what to do. */
const NAMED = 5;

function FindingWords({ finding, connector, partnerName }: Common & { finding: Finding }) {
  const t = useTranslations("preflight");
  const words = useVendorWords(connector.id, "preflight.findings");
  const rights = useRightWords(connector.id);
  const format = useFormatter();
  const isAboutRights = finding.code === "module_missing" || finding.code === "privilege_missing";
  const subjects = finding.subjects.map((subject) => (isAboutRights ? rights.right(subject) : subject));
  const named = subjects.length > NAMED ? [...subjects.slice(0, NAMED), "…"] : subjects;
  const values = { connector: connector.name, partner: partnerName, subjects: format.list(named) };
  return (
    <li className="grid gap-0.5">
      <p className="font-medium wrap-anywhere">{words(`${finding.code}.title`, values)}</p>
      {finding.found.length > 0 && (
        <p className="text-ink-soft tabular-nums">{t("found", { found: format.list(finding.found) })}</p>
      )}
      <p className="max-w-prose text-ink-soft">{words(`${finding.code}.fix`, values)}</p>
      {finding.answer && <VendorAnswerDetails answer={finding.answer} connectorName={connector.name} />}
    </li>
  );
}

/** One environment, with everything that was found there. */
export function EnvironmentFindings({
  environment,
  ...common
}: Common & { environment: PreflightEnvironment }) {
  const t = useTranslations("preflight.states");
  const { name, businessId, state, findings, foreseen } = environment;
  return (
    <li className="grid gap-2 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <p className="min-w-0">
          <span className="font-medium wrap-anywhere">{name}</span>{" "}
          {businessId && <span className="text-ink-soft tabular-nums">{businessId}</span>}
        </p>
        <StatusPill {...PREFLIGHT_LOOKS[state]}>{t(state)}</StatusPill>
      </div>
      {foreseen !== null && foreseen.length > 0 && <ForeseenSteps steps={foreseen} {...common} />}
      {findings.length > 0 && (
        <ul className="grid gap-3">
          {findings.map((finding) => (
            <FindingWords key={`${finding.code} ${finding.subjects}`} finding={finding} {...common} />
          ))}
        </ul>
      )}
    </li>
  );
}
