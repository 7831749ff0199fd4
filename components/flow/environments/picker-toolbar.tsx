"use client";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { EnvironmentOption } from "@/lib/activation/draft/schema";
import { useVendorWords } from "../use-vendor-words";
import { PasteNumbers } from "./paste-numbers";
import type { useSelection } from "./use-selection";

type Props = {
  connectorId: string;
  options: readonly EnvironmentOption[];
  visible: readonly EnvironmentOption[];
  limit: number;
  query: string;
  onQuery: (query: string) => void;
  isOnlyPicked: boolean;
  onOnlyPicked: (isOnlyPicked: boolean) => void;
  selection: ReturnType<typeof useSelection>;
};

function SearchBox({ connectorId, query, onQuery }: Pick<Props, "connectorId" | "query" | "onQuery">) {
  const t = useVendorWords(connectorId, "environments.picker");
  const id = useId();
  return (
    <div className="relative flex-1">
      <label htmlFor={id}>
        <VisuallyHidden>{t("search")}</VisuallyHidden>
      </label>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft"
      />
      <Input
        id={id}
        type="search"
        value={query}
        placeholder={t("search")}
        autoComplete="off"
        className="pl-9"
        onChange={(event) => onQuery(event.target.value)}
        // Enter in a search box must not send the whole form.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
    </div>
  );
}

/** Finding and ticking many at once. */
export function PickerToolbar({ connectorId, options, visible, limit, selection, ...filters }: Props) {
  const t = useTranslations("environments.picker");
  const onlyPickedId = useId();
  return (
    <div className="grid gap-3 border-b border-line px-4 py-4 sm:px-6">
      <div className="flex flex-col gap-2 sm:flex-row">
        <SearchBox connectorId={connectorId} query={filters.query} onQuery={filters.onQuery} />
        <PasteNumbers connectorId={connectorId} options={options} onPick={selection.add} />
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <Button variant="secondary" size="small" onClick={() => selection.addUpToLimit(visible)}>
          {t("selectAll", { limit })}
        </Button>
        <Button variant="quiet" size="small" disabled={selection.picked.size === 0} onClick={selection.clear}>
          {t("clear")}
        </Button>
        <label htmlFor={onlyPickedId} className="flex items-center gap-2 pointer-coarse:min-h-11 sm:ml-auto">
          <Checkbox
            id={onlyPickedId}
            checked={filters.isOnlyPicked}
            onChange={(event) => filters.onOnlyPicked(event.target.checked)}
          />
          {t("onlyPicked")}
        </label>
      </div>
      <p role="status" className="sr-only">
        {t("shown", { shown: visible.length, total: options.length })}
      </p>
    </div>
  );
}
