"use client";
import { LockKeyhole, RefreshCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ChangeEvent, memo, useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { StatusPill } from "@/components/ui/status-pill";
import type { EnvironmentOption } from "@/lib/activation/draft/schema";
import { useVendorWords } from "../use-vendor-words";

type Props = {
  option: EnvironmentOption;
  connector: { id: string; name: string };
  isPicked: boolean;
  /** Another environment has the same name. */
  isNameShared: boolean;
  onToggle?: (id: string, isPicked: boolean, isRange: boolean) => void;
};

function isWithShift(event: ChangeEvent): boolean {
  return event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey;
}

/** What tells the environment from others: business id, country, office; the vendor's id where that is not enough. */
function Identity({ option, isNameShared }: Pick<Props, "option" | "isNameShared">) {
  const t = useTranslations("environments.row");
  const format = useFormatter();
  const isIdNeeded = option.name !== null && (isNameShared || option.businessId === null);
  const facts = [
    option.businessId,
    option.country && format.displayName(option.country, { type: "region" }),
    option.accountingOffice && t("office", { office: option.accountingOffice }),
    isIdNeeded && t("externalId", { id: option.externalId }),
  ];
  return <span className="text-sm text-ink-soft tabular-nums">{facts.filter(Boolean).join(" · ")}</span>;
}

/** Why it cannot be ticked, or what is worth knowing before ticking it. */
function Remark({ option, connector, id }: Pick<Props, "option" | "connector"> & { id: string }) {
  const t = useTranslations("environments.row");
  const words = useVendorWords(connector.id, "environments.row");
  if (option.blocked) {
    return (
      <span id={id} className="flex items-start gap-1.5 text-sm text-ink-soft">
        <LockKeyhole aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        {words(`blocked.${option.blocked}`, { connector: connector.name })}
      </span>
    );
  }
  if (!option.isManual) return null;
  return (
    <span id={id} className="text-sm text-ink-soft">
      {t("manualHelp")}
    </span>
  );
}

/** One environment with its checkbox. Without `onToggle` it is only shown. */
export const EnvironmentRow = memo(function EnvironmentRow({
  option,
  connector,
  isPicked,
  isNameShared,
  onToggle,
}: Props) {
  const t = useTranslations("environments.row");
  const checkboxId = useId();
  const remarkId = `${checkboxId}-remark`;
  const isBlocked = option.blocked !== null;
  return (
    <li>
      <label
        htmlFor={checkboxId}
        className={classNames(
          "flex items-start gap-3 px-4 py-3 sm:px-6",
          isBlocked ? "cursor-not-allowed bg-sunken/60" : "hover:bg-sunken/60",
          isPicked && "bg-accent-soft/60",
        )}
      >
        <Checkbox
          id={checkboxId}
          checked={isPicked}
          disabled={isBlocked || !onToggle}
          aria-describedby={remarkId}
          onChange={(event) => onToggle?.(option.candidateId, event.target.checked, isWithShift(event))}
          className="mt-0.5"
        />
        <span className="grid min-w-0 flex-1 gap-0.5">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className={classNames("font-medium wrap-anywhere", isBlocked && "text-ink-soft")}>
              {option.name ?? t("unnamed", { id: option.externalId })}
            </span>
            {option.isManual && !isBlocked && (
              <StatusPill tone="info" icon={RefreshCw}>
                {t("recommended")}
              </StatusPill>
            )}
          </span>
          <Identity option={option} isNameShared={isNameShared} />
          <Remark option={option} connector={connector} id={remarkId} />
        </span>
      </label>
    </li>
  );
});
