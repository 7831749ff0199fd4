import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";

type Props = {
  href: string;
  title: ReactNode;
  detail: ReactNode;
  status?: ReactNode;
  /** Beside the link: what is done with the line, such as ticking it. */
  before?: ReactNode;
};

/** A line of a list that leads somewhere; the whole line is the link. */
export function ListRow({ href, title, detail, status, before }: Props) {
  return (
    <li className="flex items-center gap-4">
      {before}
      <Link
        href={href}
        className="-mx-3 flex min-w-0 flex-1 items-center gap-3 rounded-lg px-3 py-3 text-sm hover:bg-sunken pointer-coarse:min-h-14"
      >
        <span className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
          <span className="grid min-w-0 gap-0.5">
            <span className="font-medium wrap-anywhere">{title}</span>
            <span className="text-ink-soft">{detail}</span>
          </span>
          {status && <span className="flex flex-wrap gap-1.5">{status}</span>}
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-soft" />
      </Link>
    </li>
  );
}
