import type { ReactNode } from "react";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";

type Props = { list: { href: string; label: string }; title: ReactNode; children?: ReactNode };

/** The heading of one thing of a list, with the way back to the list. */
export function DetailHeading({ list, title, children }: Props) {
  return (
    <div className="grid gap-3">
      <p className="text-sm">
        <TextLink href={list.href}>{list.label}</TextLink>
      </p>
      <PageHeading title={title}>{children}</PageHeading>
    </div>
  );
}
