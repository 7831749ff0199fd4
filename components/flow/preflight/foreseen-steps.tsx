import { useTranslations } from "next-intl";
import type { ForeseenStep } from "@/lib/connectors/preparation";
import { useVendorWords } from "../use-vendor-words";

type Props = { steps: readonly ForeseenStep[]; connector: { id: string; name: string }; partnerName: string };

/** What a person may have to do comes first, then what is made, then what stays as it is. */
const KINDS = ["cannot", "make", "keep"] as const satisfies ForeseenStep["kind"][];

/** What the preparation will make in the vendor system after the activation, and what it will leave as it is. */
export function ForeseenSteps({ steps, connector, partnerName }: Props) {
  const t = useTranslations("preflight.foreseen");
  const words = useVendorWords(connector.id, "preparation");
  const values = { connector: connector.name, partner: partnerName };
  return (
    <dl className="grid gap-3 sm:grid-cols-[10rem_minmax(0,1fr)] sm:gap-x-6">
      {KINDS.map((kind) => {
        const ofKind = steps.filter((step) => step.kind === kind);
        if (ofKind.length === 0) return null;
        return (
          <div key={kind} className="grid gap-1 sm:col-span-2 sm:grid-cols-subgrid">
            <dt className={kind === "cannot" ? "font-medium text-warning-text" : "font-medium"}>
              {t(kind, values)}
            </dt>
            <dd>
              <ul className="grid gap-1.5">
                {ofKind.map(({ step, value, because }) => (
                  <li key={step} className="grid gap-0.5">
                    <span className="wrap-anywhere">
                      {words(`steps.${step}`, values)}
                      {value?.includes(":") && <code className="ml-1.5 text-xs text-ink-soft">{value}</code>}
                    </span>
                    {because && (
                      <span className="max-w-prose text-ink-soft">{words(`causes.${because}`, values)}</span>
                    )}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
