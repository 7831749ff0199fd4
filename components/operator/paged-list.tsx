import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";

type Props<Row> = {
  rows: readonly Row[];
  /** A list item with a key of its own. */
  renderRow: (row: Row) => ReactNode;
  /** Shown where there is no row. */
  empty: ReactNode;
  /** null: this page is the last one. */
  more: { href: string; label: string } | null;
};

/** A page of rows, and the way to the next one. */
export function PagedList<Row>({ rows, renderRow, empty, more }: Props<Row>) {
  return (
    <>
      {rows.length === 0 ? (
        empty
      ) : (
        <Card className="px-4 py-2 sm:px-6">
          <ul className="divide-y divide-line">{rows.map(renderRow)}</ul>
        </Card>
      )}
      {more && (
        <div>
          <LinkButton href={more.href} variant="secondary" size="small">
            {more.label}
          </LinkButton>
        </div>
      )}
    </>
  );
}
