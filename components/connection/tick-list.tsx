"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import type { ConnectionView } from "@/lib/connection/lifecycle/schema";

type Props = {
  connections: readonly ConnectionView[];
  ticked: ReadonlySet<string>;
  onTick: (ids: readonly string[], isTicked: boolean) => void;
};

const fits = (connection: ConnectionView, query: string): boolean =>
  [connection.environmentName, connection.businessId, connection.integrationName].some((text) =>
    text?.toLowerCase().includes(query.trim().toLowerCase()),
  );

function TickRow({
  connection,
  ticked,
  onTick,
}: { connection: ConnectionView } & Omit<Props, "connections">) {
  const id = `tick-${connection.id}`;
  return (
    <li>
      <label htmlFor={id} className="flex items-center gap-3 py-3 text-sm">
        <Checkbox
          id={id}
          checked={ticked.has(connection.id)}
          onChange={(event) => onTick([connection.id], event.target.checked)}
        />
        <span className="grid min-w-0 gap-0.5">
          <span className="font-medium wrap-anywhere">
            {connection.environmentName}{" "}
            <span className="font-normal text-ink-soft tabular-nums">{connection.businessId}</span>
          </span>
          <span className="text-ink-soft">
            {connection.integrationName} · {connection.connectorName}
          </span>
        </span>
      </label>
    </li>
  );
}

function TickAll({ shown, ticked, onTick }: { shown: readonly string[] } & Omit<Props, "connections">) {
  const t = useTranslations("connectionList.several");
  return (
    <label htmlFor="tick-all" className="flex items-center gap-3 text-sm font-medium pointer-coarse:min-h-11">
      <Checkbox
        id="tick-all"
        checked={shown.length > 0 && shown.every((id) => ticked.has(id))}
        disabled={shown.length === 0}
        onChange={(event) => onTick(shown, event.target.checked)}
      />
      {t("selectAll")}
    </label>
  );
}

/** Finding and ticking among many connections. */
export function TickList({ connections, ticked, onTick }: Props) {
  const t = useTranslations("connectionList");
  const [query, setQuery] = useState("");
  const shown = connections.filter((connection) => fits(connection, query));
  return (
    <Card>
      <div className="grid gap-3 border-b border-line px-4 py-4 sm:px-6">
        <Input
          type="search"
          aria-label={t("search.label")}
          placeholder={t("search.placeholder")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <TickAll shown={shown.map(({ id }) => id)} ticked={ticked} onTick={onTick} />
      </div>
      <ul className="divide-y divide-line px-4 sm:px-6">
        {shown.map((connection) => (
          <TickRow key={connection.id} connection={connection} ticked={ticked} onTick={onTick} />
        ))}
      </ul>
      {shown.length === 0 && (
        <p role="status" className="px-4 py-4 text-sm text-ink-soft sm:px-6">
          {query ? t("search.none", { search: query }) : t("several.none")}
        </p>
      )}
    </Card>
  );
}
